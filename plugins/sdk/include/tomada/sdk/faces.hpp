#pragma once
// Faces: the C structs of a table's list, and the list of pointers to them; they stay where they are once all are
// added.
#include <cstdint>
#include <deque>
#include <vector>

namespace tomada::sdk::detail {

template <class Face>
class Faces {
 public:
  Faces() = default;
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;

  void add(std::uint32_t flags, const char* name, const char* definition) {
    list_.push_back(&faces_.emplace_back(Face{sizeof(Face), flags, name, definition}));
  }
  [[nodiscard]] std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(list_.size()); }
  [[nodiscard]] const Face* const* list() const noexcept { return list_.data(); }

 private:
  std::deque<Face> faces_;
  std::vector<const Face*> list_;
};

}  // namespace tomada::sdk::detail
