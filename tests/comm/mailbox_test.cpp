// Letters between ranks. Run under mpirun with 1, 2 and 3 ranks; with one, it writes to itself.

#include "../maps/mpi_world.hpp"

#include "mystic/comm/mailbox.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace mystic::mpi {
namespace {

std::vector<std::byte> pattern(std::size_t size, int seed) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>((i * 7 + static_cast<std::size_t>(seed)) % 251);
  }
  return bytes;
}

struct Received {
  int from = -1;
  int kind = -1;
  std::vector<std::byte> bytes;
};

Received wait_for_letter(Mailbox& mailbox) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < deadline) {
    {
      const Turn turn = maps_test::session().turn();
      const auto letter = mailbox.receive(turn);
      if (letter && letter->kind != Mailbox::farewell) {  // of ranks that have finished all tests
        return {letter->from, letter->kind, {letter->bytes.begin(), letter->bytes.end()}};
      }
    }
    std::this_thread::yield();
  }
  ADD_FAILURE() << "no letter came";
  return {};
}

void send(Mailbox& mailbox, int to, std::uint8_t kind, const std::vector<std::byte>& bytes) {
  const Turn turn = maps_test::session().turn();
  mailbox.send(turn, to, kind, bytes);
}

int next_rank() { return (maps_test::session().rank() + 1) % maps_test::session().size(); }

TEST(Mailbox, DeliversLettersOfAnyLengthWholeAndInOrder) {
  Mailbox mailbox(maps_test::session());
  const std::vector<std::size_t> sizes{0, 1, 3583, 3584, 3585, 7168, 1000003, 5};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    send(mailbox, next_rank(), static_cast<std::uint8_t>(i), pattern(sizes[i], 3));
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Received letter = wait_for_letter(mailbox);
    EXPECT_EQ(letter.kind, static_cast<int>(i));
    EXPECT_TRUE(letter.bytes == pattern(sizes[i], 3)) << sizes[i] << " bytes";
  }
}

TEST(Mailbox, TellsLettersOfDifferentSendersApart) {
  Session& session = maps_test::session();
  Mailbox mailbox(session);
  // Long ones, so that their pieces come mixed.
  send(mailbox, 0, 1, pattern(300000, session.rank()));
  if (!session.root()) return;
  for (int i = 0; i < session.size(); ++i) {
    const Received letter = wait_for_letter(mailbox);
    EXPECT_TRUE(letter.bytes == pattern(300000, letter.from)) << "from rank " << letter.from;
  }
}

TEST(Mailbox, KeepsLettersForTheNextMailboxAndDropsThoseForTheLast) {
  Session& session = maps_test::session();
  {
    Mailbox first(session);
    send(first, next_rank(), 1, pattern(10, 0));
    send(first, next_rank(), 2, pattern(9000, 0));  // never read
    EXPECT_EQ(wait_for_letter(first).kind, 1);
  }
  Mailbox second(session);
  send(second, next_rank(), 3, pattern(9000, 5));
  const Received letter = wait_for_letter(second);
  EXPECT_EQ(letter.kind, 3);
  EXPECT_TRUE(letter.bytes == pattern(9000, 5));
}

// Nothing comes for a while, however often one looks.
void expect_no_letter(Mailbox& mailbox, std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < deadline) {
    const Turn turn = maps_test::session().turn();
    const auto letter = mailbox.receive(turn);
    EXPECT_TRUE(!letter || letter->kind == Mailbox::farewell);
  }
}

// Rank 0 goes through several mailboxes while the others look into the first.
TEST(Mailbox, KeepsLettersForMailboxesFarAhead) {
  Session& session = maps_test::session();
  for (int round = 0; round < 3; ++round) {
    Mailbox mailbox(session);
    if (session.root()) {
      for (int rank = 0; rank < session.size(); ++rank) {
        send(mailbox, rank, static_cast<std::uint8_t>(round), pattern(20, round));
        send(mailbox, rank, static_cast<std::uint8_t>(round + 5), pattern(9000, round));
      }
    }
    EXPECT_EQ(wait_for_letter(mailbox).kind, round);
    const Received letter = wait_for_letter(mailbox);
    EXPECT_EQ(letter.kind, round + 5);
    EXPECT_TRUE(letter.bytes == pattern(9000, round)) << "round " << round;
    if (!session.root() && round == 0) expect_no_letter(mailbox, std::chrono::milliseconds(50));
  }
}

TEST(Mailbox, IsOneAtATime) {
  Mailbox mailbox(maps_test::session());
  EXPECT_THROW(Mailbox another(maps_test::session()), InvalidArgument);
}

TEST(Mailbox, RefusesAKindItCannotSend) {
  Mailbox mailbox(maps_test::session());
  const Turn turn = maps_test::session().turn();
  EXPECT_THROW(mailbox.send(turn, 0, Mailbox::kinds, {}), InvalidArgument);
}

}  // namespace
}  // namespace mystic::mpi
