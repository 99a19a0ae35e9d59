#pragma once

#include "file_descriptor.hpp"

#include <mystic/system/command.hpp>

#include <sys/types.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What our process, the supervisor and the reapers say to each other, over sockets that keep
/// messages whole (SOCK_SEQPACKET). Both ends are the same binary, so numbers travel as they are.
namespace mystic::supervision {

/// First letter of a message.
enum class Word : char {
  ready = '!',   ///< supervisor to us: signals are blocked, the session is its own
  job = 'J',     ///< us to supervisor, with two descriptors: the job's socket, a file with the command
  remove = 'R',  ///< us to supervisor, with a Tree: remove it when we are gone
  keep = 'K'     ///< us to supervisor, with a Tree: do not
};

/// A directory by its name and by what it is, since a name can come to mean another directory.
struct Tree {
  std::string path = {};
  dev_t device = 0;
  ino_t inode = 0;
};

std::string encode(const Command& command);
std::string encode(const ProcessResult& result);
std::string encode(Word word, const Tree& tree);

/// These throw Error on text that encode() did not make.
Command decode_command(std::string_view text);
ProcessResult decode_result(std::string_view text);
Tree decode_tree(std::string_view message);

/// Sends one message. @return 0 or errno; a lost peer is EPIPE, never a signal
int send_message(int socket, std::string_view text, std::span<const int> descriptors = {},
                 int flags = 0);

struct Message {
  std::string text = {};  ///< empty: the other end has closed
  std::vector<FileDescriptor> descriptors = {};
  int error = 0;  ///< errno; EAGAIN: nothing there
};

Message receive_message(int socket, int flags = 0);

/// All of an open file from its beginning.
std::string read_whole(int file);

/// Writes all of `text`. @return 0 or errno
int write_whole(int file, std::string_view text);

}  // namespace mystic::supervision
