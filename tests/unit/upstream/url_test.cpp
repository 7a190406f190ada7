#include "core/upstream/url.hpp"

#include "core/upstream/address.hpp"
#include "core/upstream/exchange.hpp"

#include <catch2/catch.hpp>

using namespace tomada::upstream;

TEST_CASE("a URL is read into its parts and printed again", "[upstream]") {
  const auto omie = parse_url("https://app.omie.com.br/api/v1/");
  REQUIRE(omie.has_value());
  CHECK(omie->is_tls);
  CHECK(omie->host == "app.omie.com.br");
  CHECK(omie->port == 443);
  CHECK(omie->path == "/api/v1/");
  CHECK(omie->origin() == "https://app.omie.com.br");
  CHECK(parse_url("http://127.0.0.1:8800")->path == "/");
  CHECK(parse_url("http://127.0.0.1:8800/a")->path == "/a/");
  CHECK(parse_url("http://[::1]:8800/")->origin() == "http://[::1]:8800");
  CHECK(parse_url("http://[::1]/")->port == 80);
}

TEST_CASE("a URL that could mislead is refused with a reason", "[upstream]") {
  for (const char* text : {"", "omie", "ftp://host/", "https://", "https://:80/", "https://user:secret@host/",
                           "https://host:0/", "https://host:99999/", "https://host:8x/", "https://ho st/",
                           "https://host/?a=b", "https://host/#a", "https://[::1/"}) {
    const auto url = parse_url(text);
    INFO(text);
    REQUIRE_FALSE(url.has_value());
    CHECK(url.error().message.find("secret") == std::string::npos);
    CHECK_FALSE(url.error().hint.empty());
  }
}

TEST_CASE("a request's path cannot leave the upstream's folder", "[upstream]") {
  CHECK(is_relative_path("geral/clientes/"));
  CHECK(is_relative_path("orders?from=2026-01-01"));
  CHECK(is_relative_path(""));
  for (const char* path : {"/etc", "//evil.example/", "http://evil.example/", "../admin", "a/../../b", "a b",
                           "a\r\nHost: x", "a#b", "a\\b"}) {
    INFO(path);
    CHECK_FALSE(is_relative_path(path));
  }
}

TEST_CASE("a request with a line break in a header or method is refused", "[upstream]") {
  Request request;
  request.upstream = "omie";
  request.path = "a/";
  CHECK_FALSE(mistake_in(request).has_value());
  request.headers = {{"X-A", "b\r\nX-C: d"}};
  CHECK(mistake_in(request).has_value());
  request.headers.clear();
  request.http_method = "GET /\r\n";
  CHECK(mistake_in(request).has_value());
}

TEST_CASE("private, local and reserved addresses are recognised in every notation", "[upstream]") {
  for (const char* address : {"127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.0.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1%eth0",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::10.0.0.1",
                              "2002:a00:1::",
                              "2001::1",
                              "2001:db8::1",
                              "nonsense",
                              ""}) {
    INFO(address);
    CHECK(is_private_address(address));
  }
  for (const char* address : {"8.8.8.8", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111",
                              "2001:4860::8888", "::ffff:8.8.8.8"}) {
    INFO(address);
    CHECK_FALSE(is_private_address(address));
  }
}
