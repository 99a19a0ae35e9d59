#include "mystic/core/result.hpp"

#include "mystic/core/bytes.hpp"

#include <algorithm>

namespace mystic {
namespace {

void put_stop(ByteWriter& writer, const Stop& stop) {
  writer.put(static_cast<std::uint8_t>(stop.kind));
  writer.put_text(stop.reason);
}

Stop get_stop(ByteReader& reader) {
  const auto kind = static_cast<StopKind>(reader.get<std::uint8_t>());
  return {kind, reader.get_text()};
}

void put_best(ByteWriter& writer, const Best& best) {
  writer.put_doubles(best.x.data(), best.x.size());
  writer.put(best.cost);
  writer.put(best.violation);
  writer.put_doubles(best.outputs.data(), best.outputs.size());
  writer.put(best.id);
  writer.put(best.round);
}

void get_best(ByteReader& reader, Best& best) {
  reader.get_doubles(best.x);
  best.cost = reader.get<double>();
  best.violation = reader.get<double>();
  reader.get_doubles(best.outputs);
  best.id = reader.get<EvaluationId>();
  best.round = reader.get<Index>();
}

}  // namespace

double Result::Run::utilisation() const {
  const double capacity = seconds * static_cast<double>(workers);
  return capacity > 0.0 ? std::min(1.0, busy_seconds / capacity) : 0.0;
}

std::vector<std::byte> to_bytes(const Result& result) {
  std::vector<std::byte> bytes;
  ByteWriter writer(bytes);
  put_best(writer, result.best);
  put_stop(writer, result.stop);
  for (const Index count : {result.generations, result.evaluations, result.failed, result.cached}) {
    writer.put(count);
  }
  writer.put(static_cast<std::uint32_t>(result.members.size()));
  for (const MemberResult& member : result.members) {
    writer.put(member.best_cost);
    writer.put(member.evaluations);
    writer.put(member.generations);
    put_stop(writer, member.stop);
  }
  writer.put_text(result.run.map);
  writer.put(result.run.workers);
  writer.put(result.run.seconds);
  writer.put(result.run.busy_seconds);
  writer.put(result.run.recalled);
  writer.put(result.run.cached);
  writer.put(result.run.speculative);
  return bytes;
}

Result result_from_bytes(const std::vector<std::byte>& bytes) {
  Result result;
  ByteReader reader(bytes);
  get_best(reader, result.best);
  result.stop = get_stop(reader);
  result.generations = reader.get<Index>();
  result.evaluations = reader.get<Index>();
  result.failed = reader.get<Index>();
  result.cached = reader.get<Index>();
  const auto members = reader.get<std::uint32_t>();
  require<BrokenBytes>(members <= reader.left(), "{} members wanted where {} bytes are left", members,
                       reader.left());
  result.members.resize(members);
  for (MemberResult& member : result.members) {
    member.best_cost = reader.get<double>();
    member.evaluations = reader.get<Index>();
    member.generations = reader.get<Index>();
    member.stop = get_stop(reader);
  }
  result.run.map = reader.get_text();
  result.run.workers = reader.get<Index>();
  result.run.seconds = reader.get<double>();
  result.run.busy_seconds = reader.get<double>();
  result.run.recalled = reader.get<Index>();
  result.run.cached = reader.get<Index>();
  result.run.speculative = reader.get<Index>();
  return result;
}

}  // namespace mystic
