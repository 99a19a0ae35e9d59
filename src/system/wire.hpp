#pragma once

#include "file_descriptor.hpp"

#include <mystic/system/command.hpp>

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What our process, the supervisor and the reapers say to each other, over sockets that keep
/// messages whole (SOCK_SEQPACKET). Both ends are the same binary, so numbers travel as they are.
namespace mystic::supervision {

/// First letter of a message.
enum class Word : char {
  // Between our process and the supervisor.
  ready = '!',   ///< supervisor to us: signals are blocked, the session is its own
  lane = 'L',    ///< us to supervisor, with a socket: fork a reaper that serves it
  remove = 'R',  ///< us to supervisor, with a Tree: remove it when we are gone
  keep = 'K',    ///< us to supervisor, with a Tree: do not
  // On a lane, each with the number of the job.
  job = 'J',          ///< us to reaper, with the command
  job_in_file = 'F',  ///< us to reaper: a command too large for a message, in the descriptor with it
  cancel = 'C',       ///< us to reaper
  result = 'r',       ///< reaper to us: the result; the lane is free
  last_result = 'l',  ///< reaper or supervisor to us: the result; nobody serves the lane any more
  not_begun = 'n'     ///< supervisor to us: the reaper was killed before it took the command
};

/// What is said on a lane.
struct LaneMessage {
  Word word = Word::cancel;
  std::uint64_t number = 0;    ///< of the job, from 1; 0, in an answer: whichever is under way
  std::string_view rest = {};  ///< a command or a result, encoded
};

/// A directory by its name and by what it is, since a name can come to mean another directory.
struct Tree {
  std::string path = {};
  dev_t device = 0;
  ino_t inode = 0;
};

/// `directory` instead of the command's own.
std::string encode(const Command& command, const std::filesystem::path& directory);
std::string encode(const ProcessResult& result);
std::string encode(Word word, const Tree& tree);
std::string encode(const LaneMessage& message);

/// These throw Error on text that encode() did not make.
Command decode_command(std::string_view text);
ProcessResult decode_result(std::string_view text);
Tree decode_tree(std::string_view message);
LaneMessage decode_lane_message(std::string_view message);

/// Messages have at most so many bytes.
inline constexpr std::size_t message_limit = 32768;

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
