// The books of the Omie simulator from what it tells a question of our own, in the shape of books.mjs.
const calls = {
  partners: ['geral/clientes/', 'ListarClientes', 'clientes_cadastro'],
  categories: ['geral/categorias/', 'ListarCategorias', 'categoria_cadastro'],
  products: ['geral/produtos/', 'ListarProdutos', 'produto_servico_cadastro', { apenas_importado_api: 'N', filtrar_apenas_omiepdv: 'N' }],
  stock: ['estoque/consulta/', 'ListarPosEstoque', 'produtos', { cExibeTodos: 'S' }],
  movements: ['financas/mf/', 'ListarMovimentos', 'movimentos'],
  orders: ['produtos/pedido/', 'ListarPedidos', 'pedido_venda_produto', { apenas_importado_api: 'N' }],
  accounts: ['geral/contacorrente/', 'ListarContasCorrentes', 'ListarContasCorrentes', { filtrar_apenas_ativo: 'S' }],
};
const hungarian = ['stock', 'movements'];

async function ask(url, path, call, param) {
  const body = { call, app_key: '7777777', app_secret: '0123456789abcdef0123456789abcdef', param: [param] };
  const response = await fetch(`${url}/api/v1/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const answer = await response.json();
  if (answer.faultstring) throw new Error(`${call}: ${answer.faultstring}`);
  return answer;
}

async function list(url, name, today) {
  const [path, call, key, more = {}] = calls[name];
  const tags = hungarian.includes(name)
    ? { page: 'nPagina', size: 'nRegPorPagina', pages: 'nTotPaginas' }
    : { page: 'pagina', size: 'registros_por_pagina', pages: 'total_de_paginas' };
  const dated = name === 'stock' ? { dDataPosicao: brazilian(today) } : {};
  const rows = [];
  for (let page = 1, pages = 1; page <= pages; ++page) {
    const answer = await ask(url, path, call, { [tags.page]: page, [tags.size]: 100, ...more, ...dated });
    pages = answer[tags.pages];
    rows.push(...answer[key]);
  }
  return rows;
}

const brazilian = (date) => date.split('-').reverse().join('/');
const iso = (date) => date.split('/').reverse().join('-');
const cents = (amount) => Math.round(Number(amount) * 100);

function titleOf({ detalhes: details, resumo: summary }, partners, today) {
  const isCancelled = details.cStatus === 'CANCELADO';
  const title = {
    id: details.nCodTitulo, is_receivable: details.cNatureza === 'R', document: details.cNumTitulo, due_on: iso(details.dDtVenc),
    partner: partners.get(details.nCodCliente), amount: cents(details.nValorTitulo), paid: cents(summary.nValPago ?? 0),
    open: isCancelled ? 0 : cents(summary.nValAberto ?? 0),
  };
  const settled = isCancelled ? 'cancelled' : title.open === 0 ? 'paid' : undefined;
  return { ...title, status: settled ?? (title.due_on < today ? 'overdue' : title.paid ? 'partial' : 'open') };
}

const orderStatus = ({ etapa: step }, { cancelado, faturado }) =>
  cancelado === 'S' ? 'cancelled' : faturado === 'S' || ['60', '70'].includes(step) ? 'invoiced' : step === '00' ? 'quote' : 'open';

async function cashOf(url, accounts, today) {
  let total = 0;
  for (const { nCodCC } of accounts) {
    const period = { dPeriodoInicial: brazilian(today), dPeriodoFinal: brazilian(today), cExibirApenasSaldo: 'S' };
    total += cents((await ask(url, 'financas/extrato/', 'ListarExtrato', { nCodCC, ...period })).nSaldoAtual);
  }
  return total;
}

export async function omieBooks(url, today) {
  const partners = (await list(url, 'partners', today)).map((from) => ({
    id: from.codigo_cliente_omie, name: from.razao_social, trade_name: from.nome_fantasia, tax_id: from.cnpj_cpf,
    city: from.cidade.split(' (')[0], state: from.estado, is_active: from.inativo !== 'S',
    is_supplier: from.tags.some(({ tag }) => tag === 'Fornecedor'),
    is_customer: from.tags.some(({ tag }) => tag === 'Cliente') || !from.tags.some(({ tag }) => tag === 'Fornecedor'),
  }));
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  const stock = new Map((await list(url, 'stock', today)).map((row) => [row.nCodProd, row]));
  const products = (await list(url, 'products', today)).map((from) => {
    const { nSaldo = 0, estoque_minimo: least = 0 } = stock.get(from.codigo_produto) ?? {};
    return {
      code: from.codigo, description: from.descricao, price_cents: cents(from.valor_unitario), stock: String(nSaldo),
      is_low: least > 0 && nSaldo < least, is_active: from.inativo !== 'S',
    };
  });
  const categories = (await list(url, 'categories', today)).map((from) => ({
    code: from.codigo, description: from.descricao, is_active: from.conta_inativa !== 'S', kind: from.conta_despesa === 'S' ? 'expense' : 'revenue',
  }));
  const orders = (await list(url, 'orders', today)).map(({ cabecalho: head, infoCadastro: state, total_pedido: sums, det }) => ({
    id: head.codigo_pedido, number: head.numero_pedido, partner: byId.get(head.codigo_cliente), ordered_on: iso(state.dInc),
    total_cents: cents(sums.valor_total_pedido), status: orderStatus(head, state),
    lines: det.map(({ produto: line }) => ({ code: line.codigo, total_cents: cents(line.valor_total) })),
  }));
  orders.sort((a, b) => (a.ordered_on === b.ordered_on ? b.id - a.id : a.ordered_on < b.ordered_on ? 1 : -1));
  return {
    partners, products, categories, orders, titles: (await list(url, 'movements', today)).map((row) => titleOf(row, byId, today)),
    cash: await cashOf(url, await list(url, 'accounts', today), today),
  };
}
