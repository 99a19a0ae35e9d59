#pragma once

#include "mystic/core/outcome.hpp"
#include "mystic/core/require.hpp"

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mystic {

static_assert(std::endian::native == std::endian::little,
              "journals and messages are little-endian; this machine needs a byte swap here");

/// Bytes that end too early or make no sense.
class BrokenBytes : public Error {
 public:
  using Error::Error;
};

/// Appends plain values to a buffer that the caller owns (and reuses: nothing is allocated once it
/// has grown).
class ByteWriter {
 public:
  explicit ByteWriter(std::vector<std::byte>& bytes) : bytes_(&bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(const T& value) {
    put_bytes(&value, sizeof value);
  }
  void put_text(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    put_bytes(text.data(), text.size());
  }
  void put_doubles(const double* values, Index count) {
    put(static_cast<std::uint32_t>(count));
    put_bytes(values, static_cast<std::size_t>(count) * sizeof(double));
  }
  void put_bytes(const void* from, std::size_t size) {
    // Not insert(): there GCC 12 at -O3 warns of an overflow that is none.
    const std::size_t before = bytes_->size();
    bytes_->resize(before + size);
    if (size > 0) std::memcpy(bytes_->data() + before, from, size);
  }

 private:
  std::vector<std::byte>* bytes_;
};

/// Reads them back; throws BrokenBytes instead of reading past the end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  T get() {
    T value{};
    get_bytes(&value, sizeof value);
    return value;
  }
  std::string get_text() {
    std::string text(checked(get<std::uint32_t>(), 1), '\0');
    get_bytes(text.data(), text.size());
    return text;
  }
  void get_doubles(Vector& values) {
    values.resize(static_cast<Index>(checked(get<std::uint32_t>(), sizeof(double))));
    get_bytes(values.data(), static_cast<std::size_t>(values.size()) * sizeof(double));
  }
  void get_bytes(void* to, std::size_t size) {
    require<BrokenBytes>(size <= rest_.size(), "{} bytes wanted where {} are left", size, rest_.size());
    if (size > 0) std::memcpy(to, rest_.data(), size);
    rest_ = rest_.subspan(size);
  }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  // Checked before anything is allocated: a flipped bit in a length must not ask for gigabytes.
  std::size_t checked(std::uint32_t count, std::size_t size) const {
    require<BrokenBytes>(count * size <= rest_.size(),
                         "{} items of {} bytes wanted where {} bytes are left", count, size,
                         rest_.size());
    return count;
  }

  std::span<const std::byte> rest_;
};

/// The one encoding of outcomes, in journals and in messages between ranks.
void put_outcome(ByteWriter& writer, const Outcome& outcome);
void get_outcome(ByteReader& reader, Outcome& outcome);

}  // namespace mystic
