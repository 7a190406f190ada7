// The predecessor's tools under their old names: pages by number, days as dd/mm/aaaa, amounts as numbers.
import assert from 'node:assert/strict';

import { booksOf, finds, names } from './books.mjs';
import { companyName, companyTaxId, today } from './company.mjs';

const brazilian = (day) => day.split('-').reverse().join('/');
const real = (cents) => cents / 100; // the nearest number, as a reader of JSON gets it

const stateNames = { open: 'A VENCER', overdue: 'ATRASADO', partial: 'PARCIAL', paid: 'PAGO', cancelled: 'CANCELADO' };
const shown = {
  contas: (title) => ({
    codigo: String(title.id), numero_documento: title.document, numero_parcela: title.installment,
    codigo_cliente_fornecedor: String(title.partner.id), nome: title.partner.name, cnpj_cpf: title.partner.tax_id,
    categoria: title.category.description, data_emissao: brazilian(title.issued_on), data_vencimento: brazilian(title.due_on),
    valor_documento: real(title.amount), valor_pago: real(title.paid), valor_aberto: real(title.open),
    status_titulo: stateNames[title.status], ...(title.paid_on && { data_pagamento: brazilian(title.paid_on) }),
  }),
  categorias: (category) => ({
    codigo: category.code, descricao: category.description, conta_receita: category.kind === 'revenue',
    conta_despesa: category.kind === 'expense', totalizadora: !!category.is_group, conta_inativa: !category.is_active,
  }),
  departamentos: ({ code, description, structure, is_active }) => ({ codigo: code, descricao: description, estrutura: structure, inativo: !is_active }),
  clientes: (partner) => ({
    codigo: String(partner.id), razao_social: partner.name, nome_fantasia: partner.trade_name, cnpj_cpf: partner.tax_id,
    cidade: partner.city, estado: partner.state, email: partner.email, telefone: partner.phone, inativo: !partner.is_active,
  }),
};
shown.fornecedores = shown.clientes;

// One question: `rows` are all it must answer, over all its pages and in their order.
function list(kind, usual, args, rows, { isEmpty = false, resumo } = {}) {
  const expected = (sql) => {
    const found = rows(booksOf(sql));
    assert.equal(found.length === 0, isEmpty, `${found.length} rows match ${JSON.stringify(args)}`);
    return { found, items: found.map(shown[kind]) };
  };
  const check = (answer, sql, page = args.pagina ?? 1, size = args.registros_por_pagina ?? usual) => {
    const { found, items } = expected(sql);
    const slice = items.slice((page - 1) * size, page * size);
    assert.equal(answer.status, 'sucesso');
    assert.equal(answer.timestamp, `${today}T09:00:00-03:00`);
    assert.deepEqual(answer.data, {
      pagina: page, registros_por_pagina: size, total_de_paginas: Math.ceil(items.length / size), registros: slice.length,
      total_de_registros: items.length, [kind]: slice, ...(resumo && { resumo: resumo(found) }),
    });
  };
  return { args, check, total: (sql) => expected(sql).items.length };
}

const sums = (rows) => {
  const sum = (of) => real(rows.reduce((total, row) => total + of(row), 0));
  return { valor_total: sum(({ amount }) => amount), valor_aberto: sum(({ open }) => open), valor_vencido: sum((row) => (row.status === 'overdue' ? row.open : 0)) };
};

const states = {
  vencido: ({ status }) => status === 'overdue', a_vencer: ({ open, due_on }) => open > 0 && due_on >= today,
  pago: ({ status }) => status === 'paid', aberto: ({ open }) => open > 0, todos: () => true,
};
Object.assign(states, { recebido: states.pago, a_pagar: states.aberto, a_receber: states.aberto });

function titles(isReceivable, own, filter, words) {
  const ask = (args, where = () => true, options = {}) =>
    list('contas', 20, { registros_por_pagina: 5, ...args },
      ({ titles }) => titles.filter((title) => title.is_receivable === isReceivable && states[args.status ?? 'todos'](title) && where(title)),
      { resumo: sums, ...options });
  const september = ({ due_on: on }) => on >= '2026-09-01' && on <= '2026-09-30';
  return [
    ask({}),
    ask({ pagina: 3 }),
    ...own.map((status) => ask({ status })),
    ask({ data_inicio: '01/09/2026', data_fim: '30/09/2026' }, september),
    ask({ data_inicio: '01/09/2026', data_fim: '30/09/2026', status: own[2] }, september),
    ask({ data_inicio: '15/10/2026' }, ({ due_on }) => due_on >= '2026-10-15'),
    ask({ data_fim: '31/01/2024' }, ({ due_on }) => due_on <= '2024-01-31'),
    ...words.map((text) => ask({ [filter]: text }, (title) => names(text, title.partner))),
    ask({ [filter]: 'no such partner' }, () => false, { isEmpty: true }),
  ];
}

function partners(kind, role, words) {
  const ask = (args, where = () => true, options) =>
    list(kind, 50, { registros_por_pagina: 5, ...args },
      ({ partners }) => partners.filter((partner) => partner[role] && (args.apenas_ativos === false || partner.is_active) && where(partner)), options);
  return [
    ask({}),
    ask({ pagina: 4 }),
    ask({ apenas_ativos: false }),
    ...['Jundiaí', 'jundiai', 'São Paulo', 'paulo  sao'].map((city) => ask({ filtro_cidade: city }, (partner) => finds(city, partner.city))),
    ...words.map((text) => ask({ filtro_nome: text }, (partner) => names(text, partner))),
    ask({ filtro_nome: 'no such partner' }, () => false, { isEmpty: true }),
  ];
}

const categories = (args, where = () => true) =>
  list('categorias', 50, { registros_por_pagina: 5, ...args },
    ({ categories }) => categories.filter((category) => (args.apenas_ativas === false || category.is_active) && where(category)));
const categoriesNamed = (text) => categories({ filtro_descricao: text }, ({ description }) => finds(text, description));

const theCompany = { razao_social: companyName, cnpj: companyTaxId };
const accountsOf = (sql) =>
  sql(`SELECT id, name, kind, bank, opening_cents + (SELECT coalesce(sum(amount_cents), 0) FROM movements
    WHERE account_id = accounts.id) AS balance FROM accounts ORDER BY id`);
const shownAccount = ({ id, name, kind, bank, balance }) => ({ codigo: String(id), descricao: name, tipo: kind, codigo_banco: bank ?? '', saldo_atual: real(balance) });
const accounts = (args, where = () => true) => ({
  args,
  check({ status, data }, sql) {
    const { pagina = 1, registros_por_pagina: size = 50 } = args;
    const all = accountsOf(sql).filter(where).map(shownAccount);
    assert.equal(status, 'sucesso');
    assert.equal(data.total_de_registros, all.length);
    assert.deepEqual(data.contas, all.slice((pagina - 1) * size, pagina * size));
  },
});

export const oldArguments = {
  testar_conexao: [
    {
      check({ status, data }) {
        assert.equal(status, 'sucesso');
        assert.deepEqual([data.conexao, data.fonte, data.empresa], ['ok', 'demo', companyName]);
        assert.ok(data.response_time_ms > 0);
      },
    },
  ],
  lista_empresas: [{ check: ({ status, data }) => assert.deepEqual([status, data.total_de_registros, data.empresas], ['sucesso', 1, [theCompany]]) }],
  info_empresa: [{ check: ({ status, data }) => assert.deepEqual([status, data], ['sucesso', { ...theCompany, fonte: 'demo' }]) }],
  listar_contas_correntes: [accounts({}), accounts({ registros_por_pagina: 2, pagina: 2 }), accounts({ filtro_descricao: 'itau' }, ({ name }) => finds('itau', name))],
  listar_resumo_contas_correntes: [
    {
      check({ status, data }, sql) {
        const rows = accountsOf(sql);
        assert.deepEqual([status, data.total_contas, data.contas_resumo], ['sucesso', rows.length, rows.map(shownAccount)]);
        assert.equal(data.saldo_total, real(rows.reduce((total, { balance }) => total + balance, 0)));
      },
    },
  ],
  consultar_categorias: [
    categories({}),
    categories({ pagina: 2 }),
    categories({ apenas_ativas: false }),
    ...['Salários', 'salarios', 'terceiro decimo'].map(categoriesNamed),
    categories({ filtro_descricao: '1.01' }, ({ code }) => code.startsWith('1.01')),
  ],
  consultar_departamentos: [list('departamentos', 50, {}, ({ departments }) => departments), list('departamentos', 50, { registros_por_pagina: 4, pagina: 3 }, ({ departments }) => departments)],
  listar_clientes: partners('clientes', 'is_customer', ['São', 'sao', 'avenida pizzaria', '40.853.912/0001-20', '40853912000120']),
  consultar_fornecedores: partners('fornecedores', 'is_supplier', ['Papéis', 'mantiqueira  papeis', '21.131.907/0001-60', '21131907000160']),
  consultar_contas_pagar: titles(0, ['vencido', 'a_vencer', 'pago', 'aberto', 'a_pagar', 'todos'], 'filtro_fornecedor', ['Papéis', 'papeis', 'mantiqueira papeis', '21.131.907/0001-60']),
  consultar_contas_receber: titles(1, ['vencido', 'a_vencer', 'recebido', 'aberto', 'a_receber', 'todos'], 'filtro_cliente', ['São', 'sao', 'avenida  pizzaria', '40.853.912/0001-20', '40853912000120']),
};
