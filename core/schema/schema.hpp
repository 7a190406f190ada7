#pragma once
// Schema: a JSON Schema (2020-12) compiled once, applied often.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::schema {

struct Violation {
  std::string path;                        // JSON pointer into the instance; empty: the instance itself
  std::string expected;                    // "an integer", "one of \"open\", \"paid\"", "at most 50"
  std::string found;                       // "\"tomorrow\"", "an array"; shortened
  [[nodiscard]] std::string text() const;  // "/limit: expected at most 50, found 900"
};

// A document that a schema may refer to by its URI.
struct Document {
  std::string uri;
  json::value definition;
};

struct Options {
  std::vector<Document> documents;  // what a $ref may lead to besides the schema itself and the 2020-12 metaschema
  bool asserts_format =
      false;  // date, date-time, email, uri, ipv4 and ipv6 are checked; otherwise "format" only annotates
};

class Schema final {
 public:
  struct Program;

  [[nodiscard]] static Result<Schema> compile(const json::value& definition, const Options& options = {});
  // Errors: invalid_argument with the JSON pointer of the faulty keyword. A $ref to a network address is refused.

  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  [[nodiscard]] bool accepts(const json::value& instance) const;
  [[nodiscard]] std::vector<Violation> violations(const json::value& instance, std::size_t at_most = 8) const;

 private:
  explicit Schema(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace tomada::schema
