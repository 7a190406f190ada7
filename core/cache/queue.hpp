#pragma once
// Queue: one of a shard's two lines of nodes, first in first out; links lie in the nodes.
#include <cstddef>

namespace tomada::cache {

template <class Node>
class Queue final {
 public:
  void push(Node& node) noexcept {
    node.older = newest_;
    node.newer = nullptr;
    (newest_ ? newest_->newer : oldest_) = &node;
    newest_ = &node;
    bytes_ += node.weight;
  }
  void remove(Node& node) noexcept {
    (node.older ? node.older->newer : oldest_) = node.newer;
    (node.newer ? node.newer->older : newest_) = node.older;
    bytes_ -= node.weight;
  }
  [[nodiscard]] Node* oldest() const noexcept { return oldest_; }
  [[nodiscard]] Node* newest() const noexcept { return newest_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  Node* oldest_ = nullptr;
  Node* newest_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace tomada::cache
