// What a booking leaves behind in the copy, and that the copy never spoils a booking.
#include "mirror/bench.hpp"
#include "mirror/mirrored_source.hpp"
#include "omie/bench.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <memory>
#include <string>

using namespace tomada::erp;
using tomada::erp::mirror::MirroredSource;
using tomada::erp::mirror::test::Folder;
using namespace tomada::erp::omie::test;

namespace {

constexpr std::int64_t fresh_ms = 60'000;

Title bill() {
  Title out;
  out.direction = Direction::payable;
  out.partner.id = "2";
  out.category_code = "2.01.04";
  out.issued_on = out.due_on = Date::of(2026, 11, 21);
  out.amount = Decimal::parse("10.00");
  return out;
}

struct Books {
  Books() {
    host.answer("omie", "geral/clientes/", page_of("clientes_cadastro", 0, ""));
    host.answer("omie", "produtos/pedido/", page_of("pedido_venda_produto", 0, ""));
    host.answer("omie", "geral/contacorrente/", page_of("ListarContasCorrentes", 0, ""));
    host.answer("omie", "financas/mf/", [this](const HttpRequest&) {
      HttpResponse out;
      out.status = 200;
      const auto count = std::to_string(titles);
      out.body = R"({"nPagina":1,"nTotPaginas":1,"nRegistros":)" + count + R"(,"nTotRegistros":)" + count +
                 R"(,"movimentos":[)" + movement(7, "20/11/2026", "100.50", "0", "100.50", "A VENCER");
      if (titles == 2) out.body += ',' + movement(8, "20/11/2026", "10.00", "0", "10.00", "A VENCER");
      out.body += "]}";
      return out;
    });
    open();
    CHECK(seen() == 1);
  }
  void open() {
    source.reset();
    source = std::make_unique<MirroredSource>(std::make_unique<omie::OmieSource>(settings(), host.host()),
                                              folder.path(), fresh_ms, host.host());
  }
  void later() {  // in a process of its own: nothing else reads the clock now
    source.reset();
    host.unix_ms += fresh_ms / 2;
    titles = 2;
    open();
    CHECK(seen() == 1);  // young enough
  }
  int seen() {
    int out = 0;
    (void)source->each_title({}, asked(), [&](const Title&) { ++out; });
    return out;
  }
  Booking book() { return source->create_title(bill(), "T0123456789abcdef012", asked()); }
  void change(const std::string& statement) const {  // the copy's file
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
      if (entry.path().extension() == ".db")
        SQLite::Database{entry.path(), SQLite::OPEN_READWRITE, 5'000}.exec(statement);
  }

  int titles = 1;
  Folder folder;
  FakeHost host;
  std::unique_ptr<MirroredSource> source;
};

constexpr const char* done = R"({"codigo_lancamento_omie":8,"codigo_status":"0","descricao_status":"ok"})";

}  // namespace

TEST_CASE("mirror: what was booked is seen by the next question, also when its outcome is not known", "[erp]") {
  Books books;
  books.later();
  SECTION("it was told") {
    books.host.answer("omie", "financas/contapagar/", done);
    CHECK(books.book().id == "8");
  }
  SECTION("no answer came") { CHECK_THROWS_AS(books.book(), Unsettled); }
  CHECK(books.seen() == 2);
}

TEST_CASE("mirror: a booking that succeeded is told so when the copy cannot be marked", "[erp]") {
  Books books;
  books.later();
  books.host.answer("omie", "financas/contapagar/", done);
  books.change(
      "CREATE TRIGGER full BEFORE INSERT ON notes WHEN new.key = 'dirty_ms' BEGIN SELECT RAISE(ABORT, 'full'); END");
  CHECK(books.book().id == "8");
  CHECK(books.seen() == 2);
  CHECK_FALSE(books.host.log.empty());
}

TEST_CASE("mirror: where the copy's file fails while it is used, the ERP itself is asked", "[erp]") {
  Books books;
  books.titles = 2;
  books.change("DROP TABLE titles");
  CHECK(books.seen() == 2);
  CHECK_FALSE(books.host.log.empty());
}
