#pragma once
// Change: what happens in the company between two questions of a client, for whoever tests what it notices of it.
#include "company.hpp"
#include "reply.hpp"

namespace omie_simulator {

// asked: {"at": "dd/mm/yyyy hh:mm:ss", "clientes": […], "titulos": […], "produtos": […], "pedidos": […]}; a record with
// its code is changed, one without it is new, one with "excluir":"S" is gone. Each carries the moment as its info.dAlt
// and hAlt; without "at" it is now. Answers the codes, list by list; a fault
// leaves undone the record it is about and those after it.
[[nodiscard]] Reply change(const json::object& asked, Company& company);

}  // namespace omie_simulator
