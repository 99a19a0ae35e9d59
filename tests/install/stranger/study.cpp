#include <mystic/mystic.hpp>

#include <cstdio>

int main() {
  const std::string text = mystic::list_text("solvers");
  std::fputs(text.c_str(), stdout);
  return text.find("nelder-mead") == std::string::npos ? 1 : 0;
}
