#include "core/cli/run.hpp"

int main(int count, char** words) { return tomada::cli::run(count, words); }
