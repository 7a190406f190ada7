// Keeps notes in the host's store: durable, private to this instance, shared by all processes of a state folder.
#include "notes_definitions.hpp"

#include <tomada/plugin.hpp>

using namespace tomada::sdk;

class Notes {
 public:
  explicit Notes(Host host) : host_{host} {}

  Answer add(const json::object& arguments, Call& call) {
    const std::string title = arguments.at("title").as_string().c_str();
    if (host_.save(title, arguments.at("text").as_string().c_str())) return list({}, call);
    throw ToolError{"the note could not be kept; try again, and tell the operator if it fails again"};
  }

  Answer list(const json::object&, Call&) const {
    json::array notes;
    for (const auto& [title, text] : host_.scan()) notes.push_back({{"title", title}, {"text", text}});
    return json::object{{"notes", std::move(notes)}};
  }

 private:
  Host host_;
};

TOMADA_PLUGIN(Notes, "example.notes", "1.0.0", tool("notes_add", definitions::notes_add, &Notes::add),
              tool("notes_list", definitions::notes_list, &Notes::list, TOMADA_TOOL_READ_ONLY));
