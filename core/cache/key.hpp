#pragma once
// Key: of an entry, with its hash, which is computed once for each look-up.
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tomada::cache {

struct Asked {  // a key that is borrowed
  explicit Asked(std::string_view key) noexcept : text{key}, hash{std::hash<std::string_view>{}(key)} {}

  std::string_view text;
  std::size_t hash;
};

struct Key {
  explicit Key(const Asked& from) : text{from.text}, hash{from.hash} {}

  std::string text;
  std::size_t hash;
};

struct KeyHash {
  using is_transparent = void;
  template <class Any>
  std::size_t operator()(const Any& key) const noexcept {
    return key.hash;
  }
};

struct KeyEqual {
  using is_transparent = void;
  template <class Left, class Right>
  bool operator()(const Left& left, const Right& right) const noexcept {
    return left.hash == right.hash && left.text == right.text;
  }
};

}  // namespace tomada::cache
