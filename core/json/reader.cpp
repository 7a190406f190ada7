#include "core/json/reader.hpp"

#include "core/base/text.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <functional>
#include <string>
#include <vector>

// Boost's parser accepts duplicate keys and infinite numbers and is off by one ulp for long decimals; its low-level
// basic_parser leaves all three to the handler, so the handler below decides. The keys of all open objects are kept, as
// views of the text where nothing in them is escaped, and compared when an object closes: pairwise while it is small,
// sorted when it is large, so no input costs more than n log n. One parser per thread is reused for messages; a large
// text gets a parser of its own, because the stack of a parser never shrinks.
namespace tomada::json {
namespace {

using boost::json::string_view;
using boost::system::error_code;

constexpr std::size_t deepest = 2000;           // what recursion over values is allowed, whatever Limits say
constexpr std::size_t reuse_limit = 256 << 10;  // texts above this do not leave their memory with the thread
constexpr std::size_t pairwise_limit = 16;

struct Key {
  std::string_view name;
  std::size_t fingerprint;  // equal names have equal ones
};

std::size_t fingerprint_of(std::string_view name) noexcept {
  if (name.empty()) return 0;
  const auto byte = [name](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(name[i])); };
  return name.size() << 24 | byte(0) << 16 | byte(name.size() / 2) << 8 | byte(name.size() - 1);
}

// The names are those that basic_parser calls.
class Handler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  void start(std::string_view source, storage_ptr storage, const Limits& limits) {
    source_ = source;
    values_.reset(std::move(storage));
    keys_.clear();
    marks_.clear();
    escaped_.clear();
    problem_.clear();
    part_.clear();
    depth_ = std::min(limits.depth, deepest);
    allows_repeated_keys_ = limits.allows_repeated_keys;
  }
  void abandon() { values_.reset(); }  // a half-built value must not outlive its arena
  value release() { return values_.release(); }
  [[nodiscard]] const std::string& problem() const { return problem_; }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) {
    marks_.push_back(keys_.size());
    return descend(error);
  }
  bool on_object_end(std::size_t count, error_code& error) {
    ++depth_;
    const std::size_t mark = marks_.back();
    if (count > 1 && !allows_repeated_keys_ && has_duplicate(mark)) return refuse(boost::json::error::syntax, error);
    keys_.resize(mark);
    marks_.pop_back();
    values_.push_object(count);
    return true;
  }
  bool on_array_begin(error_code& error) { return descend(error); }
  bool on_array_end(std::size_t count, error_code&) {
    ++depth_;
    values_.push_array(count);
    return true;
  }
  bool on_key_part(string_view text, std::size_t, error_code&) {
    part_.append(text.data(), text.size());
    values_.push_chars(text);
    return true;
  }
  bool on_key(string_view text, std::size_t size, error_code&) {
    std::string_view name{text.data(), text.size()};
    // Unescaped characters come from the text itself, escaped ones from a buffer of the parser.
    if (size != text.size() || !is_in_source(text.data())) name = escaped_.emplace_back(part_.append(name));
    part_.clear();
    keys_.push_back({name, fingerprint_of(name)});
    values_.push_key(text);
    return true;
  }
  bool on_string_part(string_view text, std::size_t, error_code&) { return values_.push_chars(text), true; }
  bool on_string(string_view text, std::size_t, error_code&) { return values_.push_string(text), true; }
  bool on_number_part(string_view, error_code&) { return true; }  // never: the text is always whole
  bool on_int64(std::int64_t number, string_view, error_code&) { return values_.push_int64(number), true; }
  bool on_uint64(std::uint64_t number, string_view, error_code&) { return values_.push_uint64(number), true; }
  bool on_double(double estimate, string_view text, error_code& error) {
    double exact = 0;
    const auto [end, outcome] = std::from_chars(text.data(), text.data() + text.size(), exact);
    if (outcome == std::errc::result_out_of_range) {
      exact = std::copysign(0.0, estimate);  // too small; unless:
      if (std::fabs(estimate) > 1) {
        problem_ = text::concat({"the number ", std::string_view{text.data(), std::min<std::size_t>(text.size(), 40)},
                                 " is too large for a double"});
        return refuse(boost::json::error::syntax, error);
      }
    }
    values_.push_double(exact);
    return true;
  }
  bool on_bool(bool flag, error_code&) { return values_.push_bool(flag), true; }
  bool on_null(error_code&) { return values_.push_null(), true; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  static bool refuse(boost::json::error reason, error_code& error) {
    error = reason;
    return false;
  }
  bool descend(error_code& error) {
    if (depth_ == 0) return refuse(boost::json::error::too_deep, error);
    --depth_;
    return true;
  }
  [[nodiscard]] bool is_in_source(const char* at) const {
    return std::greater_equal<>{}(at, source_.data()) && std::less<>{}(at, source_.data() + source_.size());
  }
  bool are_equal(const Key& a, const Key& b) {
    if (a.fingerprint != b.fingerprint || a.name != b.name) return false;
    problem_ = text::concat({"the key \"", text::prefix(a.name, 80), "\" appears twice in one object"});
    return true;
  }
  bool has_duplicate(std::size_t mark) {
    const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(mark);
    if (keys_.size() - mark > pairwise_limit) return has_duplicate_when_sorted(mark);
    for (auto a = first; a != keys_.end(); ++a) {
      for (auto b = first; b != a; ++b) {
        if (are_equal(*a, *b)) return true;
      }
    }
    return false;
  }
  bool has_duplicate_when_sorted(std::size_t mark) {
    const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(mark);
    std::sort(first, keys_.end(), [](const Key& a, const Key& b) {
      return a.fingerprint != b.fingerprint ? a.fingerprint < b.fingerprint : a.name < b.name;
    });
    for (auto next = first + 1; next != keys_.end(); ++next) {
      if (are_equal(next[-1], *next)) return true;
    }
    return false;
  }

  boost::json::value_stack values_;
  std::vector<Key> keys_;            // of all open objects, innermost last
  std::vector<std::size_t> marks_;   // where each open object's keys begin
  std::deque<std::string> escaped_;  // names that the text does not hold as they are
  std::string part_;                 // the beginning of such a name
  std::string problem_;              // why we refused, when Boost's words do not say it
  std::string_view source_;
  std::size_t depth_ = 0;  // how much deeper the text may go
  bool allows_repeated_keys_ = false;
};

using Parser = boost::json::basic_parser<Handler>;

boost::json::parse_options options() {
  boost::json::parse_options out;
  out.max_depth = deepest;
  return out;
}

std::string reason(const error_code& error, const Handler& handler, const Limits& limits) {
  if (!handler.problem().empty()) return handler.problem();
  if (error == boost::json::error::too_deep) {
    return text::concat(
        {"the JSON is nested deeper than ", std::to_string(std::min(limits.depth, deepest)), " levels"});
  }
  if (error == boost::json::error::incomplete) return "the JSON text ends too early";
  if (error == boost::json::error::extra_data) return "there is text after the JSON value";
  return text::concat({"the text is not valid JSON (", error.message(), ")"});
}

Result<value> read_with(Parser& parser, std::string_view source, storage_ptr storage, const Limits& limits) {
  parser.reset();
  Handler& handler = parser.handler();
  handler.start(source, std::move(storage), limits);
  error_code error;
  const std::size_t used = parser.write_some(false, source.data(), source.size(), error);
  if (!error && used < source.size()) error = boost::json::error::extra_data;
  if (!error) return handler.release();
  handler.abandon();
  return failure(ErrorCode::invalid_argument, reason(error, handler, limits),
                 text::concat({"byte ", std::to_string(used)}), "send one JSON value in UTF-8");
}

}  // namespace

Result<value> read(std::string_view text, storage_ptr storage, const Limits& limits) {
  if (text.size() > limits.bytes) {
    return failure(ErrorCode::invalid_argument,
                   text::concat({"the JSON text has ", std::to_string(text.size()), " bytes, at most ",
                                 std::to_string(limits.bytes), " are accepted"}),
                   text::concat({"byte ", std::to_string(limits.bytes)}), "send less at once");
  }
  if (text.size() > reuse_limit) {
    Parser parser{options()};
    return read_with(parser, text, std::move(storage), limits);
  }
  static thread_local Parser parser{options()};
  return read_with(parser, text, std::move(storage), limits);
}

}  // namespace tomada::json
