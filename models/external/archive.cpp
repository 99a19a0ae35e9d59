#include "archive.hpp"

#include "mystic/core/require.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>

namespace mystic::external {
namespace {

namespace fs = std::filesystem;

struct FreeArchive {
  void operator()(::archive* writer) const { ::archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(::archive_entry* entry) const { ::archive_entry_free(entry); }
};
using Writer = std::unique_ptr<::archive, FreeArchive>;
using Entry = std::unique_ptr<::archive_entry, FreeEntry>;

void check(Writer& writer, la_ssize_t status) {
  if (status >= ARCHIVE_WARN) return;
  const char* text = ::archive_error_string(writer.get());
  throw Error(text != nullptr ? text : "the archive cannot be written");
}

void add_content(Writer& writer, const fs::path& file, std::uintmax_t size) {
  std::ifstream stream(file, std::ios::binary);
  std::array<char, 65536> block;
  while (size > 0 && stream.read(block.data(), block.size()).gcount() > 0) {
    const auto length = std::min<std::uintmax_t>(size, static_cast<std::uintmax_t>(stream.gcount()));
    check(writer, ::archive_write_data(writer.get(), block.data(), static_cast<std::size_t>(length)));
    size -= length;
  }
  require<Error>(size == 0, "'{}' cannot be read to its end", file.string());
}

void add(Writer& writer, const fs::path& file, const std::string& name) {
  struct stat status = {};
  if (::lstat(file.c_str(), &status) != 0) return;
  const bool is_file = S_ISREG(status.st_mode);
  if (!is_file && !S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode)) return;
  const Entry entry(::archive_entry_new());
  ::archive_entry_copy_stat(entry.get(), &status);
  ::archive_entry_set_pathname(entry.get(), name.c_str());
  if (S_ISLNK(status.st_mode)) {
    ::archive_entry_set_symlink(entry.get(), fs::read_symlink(file).c_str());
  }
  check(writer, ::archive_write_header(writer.get(), entry.get()));
  if (is_file) add_content(writer, file, static_cast<std::uintmax_t>(status.st_size));
}

}  // namespace

std::string pack(const fs::path& directory, const std::string& name, int descriptor) {
  try {
    Writer writer(::archive_write_new());
    check(writer, ::archive_write_add_filter_gzip(writer.get()));
    check(writer, ::archive_write_set_format_pax_restricted(writer.get()));
    check(writer, ::archive_write_open_fd(writer.get(), descriptor));
    add(writer, directory, name);
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
      add(writer, entry.path(), (name / entry.path().lexically_relative(directory)).string());
    }
    check(writer, ::archive_write_close(writer.get()));
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace mystic::external
