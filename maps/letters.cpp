#include "letters.hpp"

namespace mystic {

void put_task(ByteWriter& writer, std::uint64_t serial, const Task& task) {
  writer.put(serial);
  writer.put(task.first.path);
  writer.put(task.first.k);
  writer.put(task.position);
  writer.put(task.of);
  writer.put(task.dimension);
  writer.put(task.count());
  for (Index j = 0; j < task.count(); ++j) {
    writer.put_bytes(task.points + j * task.stride,
                     static_cast<std::size_t>(task.dimension) * sizeof(double));
  }
  writer.put(static_cast<std::uint8_t>(task.nearest != nullptr ? 1 : 0));
  if (task.nearest != nullptr) {
    writer.put_bytes(task.nearest, static_cast<std::size_t>(task.dimension) * sizeof(double));
  }
}

void ReceivedTask::read(ByteReader& reader) {
  serial_ = reader.get<std::uint64_t>();
  task_.first.path = reader.get<SearchPath>();
  task_.first.k = reader.get<std::uint64_t>();
  task_.position = reader.get<Index>();
  task_.of = reader.get<Index>();
  task_.dimension = reader.get<Index>();
  const Index count = reader.get<Index>();
  task_.stride = (task_.dimension + 7) / 8 * 8;
  points_.resize(static_cast<std::size_t>(task_.stride * count));
  outcomes_.resize(static_cast<std::size_t>(count));
  for (Index j = 0; j < count; ++j) {
    reader.get_bytes(points_.data() + j * task_.stride,
                     static_cast<std::size_t>(task_.dimension) * sizeof(double));
  }
  for (Outcome& outcome : outcomes_) outcome.host.clear();
  const bool has_nearest = reader.get<std::uint8_t>() != 0;
  nearest_.resize(static_cast<std::size_t>(task_.dimension));
  if (has_nearest) reader.get_bytes(nearest_.data(), nearest_.size() * sizeof(double));
  task_.nearest = has_nearest ? nearest_.data() : nullptr;
  task_.points = points_.data();
  task_.outcomes = outcomes_;
}

void put_answer(ByteWriter& writer, std::uint64_t serial, const Task& task) {
  writer.put(serial);
  for (const Outcome& outcome : task.outcomes) put_outcome(writer, outcome);
}

void get_answer(ByteReader& reader, Task& task) {
  for (Outcome& outcome : task.outcomes) get_outcome(reader, outcome);
}

}  // namespace mystic
