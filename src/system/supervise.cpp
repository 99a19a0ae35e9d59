#include "supervise.hpp"

#include "children.hpp"
#include "reaper.hpp"
#include "wire.hpp"

#include <mystic/core/require.hpp>
#include <mystic/system/clock.hpp>
#include <mystic/system/remove_tree.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <unordered_map>

namespace mystic::supervision {
namespace {

/// Ends a lane that nobody serves: with `result` for whatever command its caller takes it for, or, if
/// one lies there unread, with the word that it was not begun.
void close_lane(const FileDescriptor& lane, const ProcessResult& result) {
  ::shutdown(lane.get(), SHUT_RD);  // from here on the caller cannot send
  const std::string encoded = encode(result);
  LaneMessage answer = {.word = Word::last_result, .number = 0, .rest = encoded};
  for (;;) {
    const Message unread = receive_message(lane.get(), MSG_DONTWAIT);
    if (unread.text.empty()) break;
    const LaneMessage said = decode_lane_message(unread.text);
    if (said.word == Word::cancel) continue;
    answer = {.word = Word::not_begun, .number = said.number};
  }
  send_message(lane.get(), encode(answer), {}, MSG_DONTWAIT);
}

class Supervision {
 public:
  Supervision(FileDescriptor control, pid_t owner);

  /// Until our owner is gone.
  void serve();
  /// Kills all, removes what is to be removed.
  void finish();

 private:
  bool read_control();
  void start(FileDescriptor lane);
  void note(const Message& message);
  void reap();
  void take(const Ended& ended);
  void sweep();
  void answer_orphaned();
  bool owner_is_gone() const;

  FileDescriptor control_, owner_end_, signals_, life_read_, life_write_;
  pid_t owner_ = -1;
  /// Reapers, with a copy of their lane's socket: for the answer if the reaper is killed.
  std::unordered_map<pid_t, FileDescriptor> lanes_;
  std::vector<FileDescriptor> orphaned_;  ///< lanes whose reaper was killed, or failed
  std::vector<Tree> trees_;
  bool sweeping_ = false;  ///< descendants of a reaper that ended early have fallen to us
  double sweep_since_ = 0.0;
  int swept_ = 0;
};

Supervision::Supervision(FileDescriptor control, pid_t owner)
    : control_(std::move(control)), owner_(owner) {
  sigset_t child;
  ::sigemptyset(&child);
  ::sigaddset(&child, SIGCHLD);
  signals_ = FileDescriptor(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
  int life[2] = {-1, -1};
  require<Error>(::pipe2(life, O_CLOEXEC) == 0 && signals_.open(), "no descriptors");
  life_read_ = FileDescriptor(life[0]);
  life_write_ = FileDescriptor(life[1]);
  // The socket alone would not do: a process that our owner forked may hold a copy of its end.
  // Kernels before 5.3 have no pidfd; owner_is_gone() then looks twice a second.
  // By syscall: glibc 2.36 declares pidfd_open without extern "C".
  owner_end_ = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, owner, 0)));
}

/// When the owner ends we fall to another parent.
bool Supervision::owner_is_gone() const { return ::getppid() != owner_; }

void Supervision::serve() {
  std::array<pollfd, 3> waited = {{{.fd = control_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = owner_end_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = signals_.get(), .events = POLLIN, .revents = 0}}};
  const int otherwise = owner_end_.open() ? -1 : 500;
  const char ready = static_cast<char>(Word::ready);
  send_message(control_.get(), {&ready, 1});
  for (;;) {
    ::poll(waited.data(), waited.size(), sweeping_ ? 20 : otherwise);
    if (waited[1].revents != 0 || owner_is_gone()) return;
    if (waited[0].revents != 0 && !read_control()) return;
    if (waited[2].revents != 0) wait_for_child(signals_.get(), 0);
    if (waited[2].revents != 0 || sweeping_) reap();
    if (sweeping_) sweep();
  }
}

/// Takes one message. @return false when the owner has closed
bool Supervision::read_control() {
  Message message = receive_message(control_.get(), MSG_DONTWAIT);
  if (message.text.empty()) return message.error == EAGAIN;
  switch (static_cast<Word>(message.text.front())) {
    case Word::lane:
      // The kernel drops a descriptor that finds no free number: then the caller sees the line's end.
      if (!message.descriptors.empty()) start(std::move(message.descriptors.front()));
      break;
    case Word::remove:
    case Word::keep:
      note(message);
      break;
    default:
      break;
  }
  return true;
}

void Supervision::note(const Message& message) {
  const Tree tree = decode_tree(message.text);
  std::erase_if(trees_, [&](const Tree& known) { return known.path == tree.path; });
  if (message.text.front() == static_cast<char>(Word::remove)) trees_.push_back(tree);
}

void Supervision::start(FileDescriptor lane) {
  const pid_t reaper = ::fork();
  if (reaper == 0) {
    control_.close();
    owner_end_.close();
    life_write_.close();
    orphaned_.clear();
    lanes_.clear();
    serve_lane({.lane = std::move(lane), .life = std::move(life_read_), .signals = std::move(signals_)});
  }
  if (reaper > 0) {
    lanes_.emplace(reaper, std::move(lane));
    return;
  }
  const int error = errno;
  close_lane(lane,
             {.end = ProcessResult::End::not_started,
              .status = error,
              .text = fmt::format("the supervisor cannot start a command: {}", error_text(error))});
}

void Supervision::take(const Ended& ended) {
  const auto lane = lanes_.find(ended.pid);
  if (lane == lanes_.end()) {
    ++swept_;
    return;
  }
  const auto ended_with = [&](ReaperEnd end) {
    return WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == static_cast<int>(end);
  };
  const bool clean = ended_with(ReaperEnd::clean);
  if (!clean && !ended_with(ReaperEnd::left_some)) orphaned_.push_back(std::move(lane->second));
  if (!clean) {
    sweeping_ = true;
    sweep_since_ = steady_clock_seconds();
  }
  lanes_.erase(lane);
}

void Supervision::reap() {
  for (Ended ended = reap_one(); ended.pid > 0; ended = reap_one()) take(ended);
}

/// Kills children that are no reapers; each pass those that the last one made ours.
void Supervision::sweep() {
  bool clean = true;
  for (const pid_t child : children()) {
    if (lanes_.contains(child)) continue;
    ::kill(child, SIGKILL);
    clean = false;
  }
  if (clean || steady_clock_seconds() - sweep_since_ > kill_limit) answer_orphaned();
  if (clean) sweeping_ = false;
}

void Supervision::answer_orphaned() {
  for (const FileDescriptor& lane : orphaned_) {
    close_lane(lane,
               {.end = ProcessResult::End::supervisor_lost,
                .descendants_killed = swept_,
                .text = fmt::format("its reaper was killed; {} of its processes killed too", swept_)});
  }
  orphaned_.clear();
  swept_ = 0;
}

void Supervision::finish() {
  for (;;) {  // what was said just before the end still counts
    const Message message = receive_message(control_.get(), MSG_DONTWAIT);
    if (message.text.empty()) break;
    if (message.text.size() > 1) note(message);
  }
  life_write_.close();
  // The reapers kill their own; two seconds more than they take, for what falls to us.
  const double end = steady_clock_seconds() + kill_limit + 2.0;
  for (Ended ended = reap_one(); ended.any && steady_clock_seconds() < end; ended = reap_one()) {
    if (ended.pid > 0) {
      take(ended);
      continue;
    }
    if (sweeping_) sweep();
    wait_for_child(signals_.get(), sweeping_ ? 5 : 100);
  }
  for (const Tree& tree : trees_) {
    struct stat status = {};
    const bool same = ::lstat(tree.path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                      status.st_dev == tree.device && status.st_ino == tree.inode;
    if (same) static_cast<void>(remove_tree(tree.path));  // there is nobody left to tell
  }
}

/// 0, 1, 2 become /dev/null and `control` 3; all else that was inherited is closed, so that we keep
/// nobody's pipe or file open.
FileDescriptor rearrange(FileDescriptor control) {
  const FileDescriptor moved(::fcntl(control.get(), F_DUPFD_CLOEXEC, 4));
  control.close();
  FileDescriptor null(::open("/dev/null", O_RDWR));
  require<Error>(moved.open() && null.open(), "no descriptors");
  for (const int standard : {0, 1, 2}) {
    if (null.get() != standard) ::dup2(null.get(), standard);
  }
  if (null.get() <= 2) null.release();  // we were started without them
  null.close();                         // it may have been number 3
  ::dup3(moved.get(), 3, O_CLOEXEC);
  return FileDescriptor(3);
}

void forget_handlers() {
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    ::sigaction(number, &standard, nullptr);
  }
}

}  // namespace

void supervise(FileDescriptor control, pid_t owner) {
  int status = 0;
  try {
    ::setsid();
    ::prctl(PR_SET_NAME, "supervisor");  // not "mystic": `killall -9 mystic` must leave us to clean up
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    forget_handlers();
    FileDescriptor moved = rearrange(std::move(control));
    ::closefrom(4);
    [[maybe_unused]] const int changed = ::chdir("/");
    Supervision supervision(std::move(moved), owner);
    supervision.serve();
    supervision.finish();
  } catch (...) {
    status = 70;  // EX_SOFTWARE; the reapers see their life pipe close
  }
  ::_exit(status);
}

}  // namespace mystic::supervision
