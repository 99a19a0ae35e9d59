#include <mystic/system/temporary_directory.hpp>

#include <mystic/system/remove_tree.hpp>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace mystic {

TemporaryDirectory::TemporaryDirectory(const std::filesystem::path& base, std::string_view prefix) {
  require(prefix.find('/') == std::string_view::npos && prefix.find('\0') == std::string_view::npos,
          "TemporaryDirectory: prefix '{}' must be part of a file name", prefix);
  std::error_code failure;
  const std::filesystem::path absolute =
      std::filesystem::absolute(base.empty() ? std::filesystem::path(".") : base, failure);
  std::filesystem::create_directories(absolute, failure);  // if this fails, so does mkdtemp
  std::string name = (absolute / std::string(prefix)).native() + "XXXXXX";
  const bool made = ::mkdtemp(name.data()) != nullptr;
  const int error = failure ? failure.value() : errno;
  require<Error>(made, "cannot make a temporary directory '{}*' in '{}': {}", prefix, absolute.native(),
                 std::generic_category().message(error));
  path_ = std::move(name);
}

TemporaryDirectory::~TemporaryDirectory() {
  if (!path_.empty()) static_cast<void>(remove_tree(path_));  // there is nobody to tell
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(other.keep()) {}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept {
  if (this != &other) {
    if (!path_.empty()) static_cast<void>(remove_tree(path_));
    path_ = other.keep();
  }
  return *this;
}

std::filesystem::path TemporaryDirectory::keep() {
  return std::exchange(path_, std::filesystem::path{});
}

}  // namespace mystic
