#include "wire.hpp"

#include <mystic/core/require.hpp>

#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <type_traits>

namespace mystic::supervision {
namespace {

/// A result's text may name files; the rest of it is short. Longer ones are cut.
constexpr std::size_t text_limit = 8192;
constexpr std::size_t descriptors_limit = 2;

class Packer {
 public:
  template <class Number>
    requires std::is_trivially_copyable_v<Number>
  void operator()(const Number& number) {
    text_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void operator()(const std::string& text) {
    (*this)(text.size());
    text_ += text;
  }
  void operator()(const std::filesystem::path& path) { (*this)(path.native()); }
  void operator()(const std::vector<std::string>& list) {
    (*this)(list.size());
    for (const std::string& text : list) (*this)(text);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view text) : rest_(text) {}

  template <class Number>
    requires std::is_trivially_copyable_v<Number>
  void operator()(Number& number) {
    std::memcpy(&number, take(sizeof number).data(), sizeof number);
  }
  void operator()(std::string& text) {
    std::size_t size = 0;
    (*this)(size);
    text = take(size);
  }
  void operator()(std::filesystem::path& path) {
    std::string text;
    (*this)(text);
    path = std::move(text);
  }
  void operator()(std::vector<std::string>& list) {
    std::size_t size = 0;
    (*this)(size);
    require<Error>(size <= rest_.size(), "a torn message: {} texts in {} bytes", size, rest_.size());
    list.resize(size);
    for (std::string& text : list) (*this)(text);
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view take(std::size_t size) {
    require<Error>(size <= rest_.size(), "a torn message: {} bytes, {} wanted", rest_.size(), size);
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

/// All fields of a command but its directory, into a Packer or out of an Unpacker.
template <class Fields, class Described>
void describe_command(Fields& field, Described& command) {
  field(command.arguments);
  field(command.environment);
  field(command.input);
  field(command.output);
  field(command.error);
  field(command.output_cap);
  field(command.deadline);
  field(command.limits);
}

template <class Fields, class Described>
void describe_result(Fields& field, Described& result) {
  field(result.end);
  field(result.status);
  field(result.descendants_killed);
  field(result.seconds);
  field(result.cpu_seconds);
  field(result.peak_memory);
  field(result.output_truncated);
  field(result.error_truncated);
  field(result.output_error);
  field(result.last_output);
  field(result.last_error);
}

}  // namespace

std::string encode(const Command& command, const std::filesystem::path& directory) {
  Packer packer;
  packer(directory);
  describe_command(packer, command);
  return packer.take();
}

Command decode_command(std::string_view text) {
  Unpacker unpacker(text);
  Command command;
  unpacker(command.directory);
  describe_command(unpacker, command);
  return command;
}

std::string encode(const ProcessResult& result) {
  Packer packer;
  describe_result(packer, result);
  packer(result.text.substr(0, text_limit));
  return packer.take();
}

ProcessResult decode_result(std::string_view text) {
  Unpacker unpacker(text);
  ProcessResult result;
  describe_result(unpacker, result);
  unpacker(result.text);
  return result;
}

std::string encode(const LaneMessage& message) {
  Packer packer;
  packer(message.word);
  packer(message.number);
  return packer.take().append(message.rest);
}

LaneMessage decode_lane_message(std::string_view message) {
  Unpacker unpacker(message);
  LaneMessage decoded;
  unpacker(decoded.word);
  unpacker(decoded.number);
  decoded.rest = unpacker.rest();
  return decoded;
}

std::string encode(Word word, const Tree& tree) {
  Packer packer;
  packer(word);
  packer(tree.path);
  packer(tree.device);
  packer(tree.inode);
  return packer.take();
}

Tree decode_tree(std::string_view message) {
  Unpacker unpacker(message.substr(1));
  Tree tree;
  unpacker(tree.path);
  unpacker(tree.device);
  unpacker(tree.inode);
  return tree;
}

int send_message(int socket, std::string_view text, std::span<const int> descriptors, int flags) {
  iovec part = {.iov_base = const_cast<char*>(text.data()), .iov_len = text.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(descriptors_limit * sizeof(int))> control = {};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size_bytes());
  }
  while (::sendmsg(socket, &message, flags | MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

Message receive_message(int socket, int flags) {
  Message received;
  received.text.resize(message_limit);
  iovec part = {.iov_base = received.text.data(), .iov_len = received.text.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(descriptors_limit * sizeof(int))> control = {};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t size = 0;
  while ((size = ::recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
  }
  received.error = size < 0 ? errno : 0;
  received.text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  const cmsghdr* header = size < 0 ? nullptr : CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(header) + i * sizeof number, sizeof number);
      received.descriptors.emplace_back(number);
    }
  }
  return received;
}

std::string read_whole(int file) {
  struct stat status = {};
  require<Error>(::fstat(file, &status) == 0, "cannot read a command: {}", std::strerror(errno));
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t size = ::pread(file, text.data() + done, text.size() - done, static_cast<off_t>(done));
    if (size < 0 && errno == EINTR) continue;
    require<Error>(size > 0, "cannot read a command: {}", std::strerror(errno));
    done += static_cast<std::size_t>(size);
  }
  return text;
}

int write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(file, text.data(), text.size());
    if (size < 0 && errno != EINTR) return errno;
    if (size > 0) text.remove_prefix(static_cast<std::size_t>(size));
  }
  return 0;
}

}  // namespace mystic::supervision
