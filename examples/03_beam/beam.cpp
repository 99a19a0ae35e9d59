// beam -x FILE: a cantilever under a load at its end, as a simulation code of somebody else would be.
// It knows nothing of mystic: it reads XML, writes XML, and says by its exit status how it went.
//
//   reads   <beam><inputs F="" E="" L="" I=""/></beam>
//             F load, N;  E Young's modulus, N/cm2;  L length, cm;  I second moment of area, cm4
//   writes  _beam_outputs_.xml: <beam><outputs deviation="" price=""/></beam>
//             deviation of the end, cm:  F L^3 / (3 E I)
//             price, EUR:  0.005 EUR/cm3 * L sqrt(12 I) * (1 + (E / 6e7 N/cm2)^2)
//           (a square section has the area sqrt(12 I); a stiffer alloy costs more)
//
// Exit status: 0 done, 3 no file named, 4 the file cannot be read or holds no beam, 5 cannot write.

#include <pugixml.hpp>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>

namespace {

enum Status { done = 0, no_file_named = 3, unreadable = 4, unwritable = 5 };

struct Beam {
  double load = 0.0;
  double modulus = 0.0;
  double length = 0.0;
  double inertia = 0.0;
};

double deviation(const Beam& beam) {
  return beam.load * std::pow(beam.length, 3) / (3.0 * beam.modulus * beam.inertia);
}

double price(const Beam& beam) {
  const double volume = beam.length * std::sqrt(12.0 * beam.inertia);
  return 0.005 * volume * (1.0 + std::pow(beam.modulus / 6e7, 2));
}

std::optional<double> positive_number(const pugi::xml_node& inputs, const char* name) {
  const std::string_view text = inputs.attribute(name).value();
  double value = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (whole && value > 0.0) return value;
  std::fprintf(stderr, "beam: %s = '%s' is not a number above 0\n", name,
               inputs.attribute(name).value());
  return std::nullopt;
}

std::optional<Beam> read_beam(const char* file) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_file(file);
  if (!parsed) {
    std::fprintf(stderr, "beam: cannot read %s: %s\n", file, parsed.description());
    return std::nullopt;
  }
  const pugi::xml_node inputs = document.child("beam").child("inputs");
  const auto load = positive_number(inputs, "F");
  const auto modulus = positive_number(inputs, "E");
  const auto length = positive_number(inputs, "L");
  const auto inertia = positive_number(inputs, "I");
  if (!load || !modulus || !length || !inertia) return std::nullopt;
  return Beam{*load, *modulus, *length, *inertia};
}

bool write_outputs(const Beam& beam, const char* file) {
  std::FILE* stream = std::fopen(file, "w");
  if (stream == nullptr) return false;
  const int written = std::fprintf(
      stream,
      "<?xml version=\"1.0\"?>\n<beam>\n  <outputs deviation=\"%.17g\" price=\"%.17g\"/>\n</beam>\n",
      deviation(beam), price(beam));
  return (std::fclose(stream) == 0) && written > 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3 || std::strcmp(arguments[1], "-x") != 0) {
    std::fprintf(stderr, "usage: beam -x FILE\n");
    return no_file_named;
  }
  const std::optional<Beam> beam = read_beam(arguments[2]);
  if (!beam) return unreadable;
  if (!write_outputs(*beam, "_beam_outputs_.xml")) {
    std::perror("beam: cannot write _beam_outputs_.xml");
    return unwritable;
  }
  std::printf("beam: L = %g cm, I = %g cm4: deviation %g cm\n", beam->length, beam->inertia,
              deviation(*beam));
  return done;
}
