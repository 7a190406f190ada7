#pragma once
// Samples: the smallest picture and the shortest sound, in base64.

namespace conformance {

inline constexpr char red_pixel[] =  // PNG, 1 by 1
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
inline constexpr char silence[] =  // WAV, 8 kHz, no samples
    "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

}  // namespace conformance
