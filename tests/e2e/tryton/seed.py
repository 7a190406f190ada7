#!/usr/bin/python3
"""seed.py CONFIGURATION DATABASE: a company's books in a Tryton 6.0 database, the same every time.

Made with Tryton's own models, so every record went through its business rules. The company has customers and suppliers with
names that are hard to search for, products with and without stock, sales in every state, invoices in one and in three
instalments that are open, paid, partly paid, credited and cancelled, a payment that belongs to no invoice, one invoice in
dollars. A second company in the same database has a canary's name and must never be heard of.
"""
import datetime
import os
import random
import sys
from decimal import Decimal

from trytond.config import config

config.update_etc(sys.argv[1])
from trytond.pool import Pool  # noqa: E402 (after the configuration)
from trytond.transaction import Transaction  # noqa: E402

DATABASE = sys.argv[2]
TODAY = datetime.date(2026, 10, 15)  # what the tests pin; nothing is booked later
R = random.Random(20261015)


def day(before):
    return TODAY - datetime.timedelta(days=before)


def money(least, most):
    return Decimal(R.randint(least * 100, most * 100)) / 100


def tax_number(n):
    """A CNPJ with its two check digits, as people write it."""
    digits = [int(c) for c in '%08d0001' % n]
    for weights in ([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]):
        rest = sum(a * b for a, b in zip(digits, weights)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    d = ''.join(map(str, digits))
    return '%s.%s.%s/%s-%s' % (d[:2], d[2:5], d[5:8], d[8:12], d[12:])


def by_xml(module, name):
    return Pool().get('ir.model.data').get_id(module, name)


def make_company(name, currency, user, timezone=None):
    pool = Pool()
    party, = pool.get('party.party').create([{
        'name': name, 'addresses': [('create', [{'city': 'Campinas'}])],
        'identifiers': [('create', [{'type': 'br_cnpj', 'code': tax_number(70000000 + user.id)}])]}])
    company, = pool.get('company.company').create([{'party': party.id, 'currency': currency.id, 'timezone': timezone, 'cancel_invoice_out': True}])
    pool.get('res.user').write([user], {'companies': [('add', [company.id])], 'company': company.id})
    return company


class Books:
    """One company: its chart of accounts, fiscal years and the ways to pay."""

    def __init__(self, company):
        self.company = company
        self.chart()
        for year in (TODAY.year - 1, TODAY.year):
            self.fiscal_year(year)
        pool = Pool()
        journal, = pool.get('account.journal').search([('type', '=', 'cash')], limit=1)
        self.methods = pool.get('account.invoice.payment.method').create([
            {'name': account.name, 'company': company.id, 'journal': journal.id, 'credit_account': account.id,
             'debit_account': account.id} for account in (self.cash, self.bank)])
        self.journal = journal

    def account(self, **claims):
        domain = [('company', '=', self.company.id), ('closed', '!=', True)]
        domain += [(key.replace('__', '.'), '=', value) for key, value in claims.items()]
        return Pool().get('account.account').search(domain, limit=1)[0]

    def chart(self):
        pool = Pool()
        wizard = pool.get('account.create_chart', type='wizard')
        session, _, _ = wizard.create()
        chart = wizard(session)
        chart.account.account_template = by_xml('account', 'account_template_root_en')
        chart.account.company = self.company
        chart.transition_create_account()
        self.receivable, self.payable = self.account(type__receivable=True), self.account(type__payable=True)
        chart.properties.company = self.company
        chart.properties.account_receivable = self.receivable
        chart.properties.account_payable = self.payable
        chart.transition_create_properties()
        self.revenue, self.expense = self.account(type__revenue=True), self.account(type__expense=True)
        self.cash = self.account(name='Main Cash')
        self.bank, = pool.get('account.account').copy([self.cash], {'name': 'Itaú conta movimento', 'code': '1.1.2'})

    def fiscal_year(self, year):
        pool = Pool()
        sequence, = pool.get('ir.sequence').create([{
            'name': str(year), 'sequence_type': by_xml('account', 'sequence_type_account_move'), 'company': self.company.id}])
        kinds = {'out_invoice': 'NF', 'in_invoice': 'FE', 'out_credit_note': 'NC', 'in_credit_note': 'DC'}
        strict = pool.get('ir.sequence.strict').create([
            {'name': kind, 'company': self.company.id, 'prefix': '%s-%d-' % (prefix, year), 'padding': 5,
             'sequence_type': by_xml('account_invoice', 'sequence_type_account_invoice')} for kind, prefix in kinds.items()])
        FiscalYear = pool.get('account.fiscalyear')
        fiscal_year, = FiscalYear.create([{
            'name': str(year), 'company': self.company.id, 'start_date': datetime.date(year, 1, 1),
            'end_date': datetime.date(year, 12, 31), 'post_move_sequence': sequence.id,
            'invoice_sequences': [('create', [dict(
                {'company': self.company.id}, **{kind + '_sequence': s.id for kind, s in zip(kinds, strict)})])]}])
        FiscalYear.create_period([fiscal_year])

    def invoice(self, kind, party, on, amounts, term, currency=None, reference=None):
        pool = Pool()
        Invoice, Line = pool.get('account.invoice'), pool.get('account.invoice.line')
        own = self.receivable if kind == 'out' else self.payable
        account = self.revenue if kind == 'out' else self.expense
        invoice = Invoice(
            type=kind, company=self.company, currency=currency or self.company.currency, party=party,
            invoice_address=party.addresses[0], journal=pool.get('account.journal').search(
                [('type', '=', 'revenue' if kind == 'out' else 'expense')], limit=1)[0],
            account=own, payment_term=term, invoice_date=on, reference=reference)
        invoice.lines = [
            Line(type='line', company=self.company, currency=invoice.currency, quantity=1, unit_price=amount, account=account,
                 invoice_type=kind, description='Item %d' % (i + 1)) for i, amount in enumerate(amounts)]
        return invoice

    def pay(self, invoice, amount, on, method=0):
        """As the client's wizard does: what the payment settles is reconciled, the rest stays a payment of the invoice."""
        Line = Pool().get('account.move.line')
        signed = amount if invoice.type == 'out' else -amount
        lines, remainder = invoice.get_reconcile_lines_for_amount(signed)
        paid = invoice.pay_invoice(amount, self.methods[method], on)
        if lines and not remainder:
            Line.reconcile(lines + paid, date=on)

    def move(self, on, entries, description):
        pool = Pool()
        Move = pool.get('account.move')
        period = pool.get('account.period').find(self.company.id, date=on)
        move, = Move.create([{
            'journal': self.journal.id, 'period': period, 'date': on, 'company': self.company.id, 'description': description,
            'lines': [('create', [dict({'account': account.id, 'debit': max(amount, Decimal(0)),
                                        'credit': max(-amount, Decimal(0))}, **more) for account, amount, more in entries])]}])
        Move.post([move])


def make_terms():
    create = Pool().get('account.invoice.payment_term').create
    part = lambda days, of: {'type': 'percent_on_total', 'ratio': Decimal(1) / of, 'divisor': Decimal(of),
                             'relativedeltas': [('create', [{'days': days}])]}
    rest = lambda days: {'type': 'remainder', 'relativedeltas': [('create', [{'days': days}])]}
    return create([{'name': '30 dias', 'lines': [('create', [rest(30)])]},
                   {'name': '30/60/90', 'lines': [('create', [part(30, 4), part(60, 4), rest(90)])]}])


CUSTOMERS = [
    'São João Panificação Ltda', 'Açaí & Cia ME', "D'Ávila Calçados", 'Padaria 100% Pão', 'Under_score Comércio', 'Café ☕ Central 🚀',
    "Robert'); DROP TABLE party_party;--", '"Aspas" Distribuidora', 'Confecções Três Irmãos S.A.', 'Ótica Visão', 'Müller & Söhne',
    'Mercearia Bom Preço', 'Livraria Cultura Nova', 'Farmácia Saúde', 'Restaurante Sabor', 'Pizzaria Avenida', 'Hotel Estrela do Sul',
    '<b>Negrito</b> Impressos', 'Mercado União', 'Transportes Ligeirinho']
SUPPLIERS = ['Papéis Mantiqueira S.A.', 'Importadora Atlântica', 'Energia Paulista', 'Açúcar União Atacado', 'Embalagens Horizonte']
CITIES = ['São Paulo', 'Belo Horizonte', 'Florianópolis', 'Goiânia', 'Campinas']
STATES = ['BR-SP', 'BR-MG', 'BR-SC', 'BR-GO', 'BR-SP']


def make_partners():
    pool = Pool()
    country, = pool.get('country.country').create([{'name': 'Brasil', 'code': 'BR', 'code3': 'BRA', 'code_numeric': '076'}])
    states = dict(zip(sorted(set(STATES)), pool.get('country.subdivision').create(
        [{'name': code, 'code': code, 'type': 'state', 'country': country.id} for code in sorted(set(STATES))])))
    names = CUSTOMERS + SUPPLIERS + ['Esquecida Comercial (inativa)']
    return pool.get('party.party').create([{
        'name': name, 'active': i < len(names) - 1,
        'addresses': [('create', [{'city': CITIES[i % 5], 'country': country.id, 'subdivision': states[STATES[i % 5]].id}])],
        'contact_mechanisms': [('create', [{'type': 'email', 'value': 'contato%d@exemplo.com.br' % i},
                                           {'type': 'phone', 'value': '+55 11 3000-%04d' % i}])],
        'identifiers': [('create', [{'type': 'br_cnpj', 'code': tax_number(10000000 + 137 * i)}])] if i % 7 != 6 else [],
    } for i, name in enumerate(names)])


def make_products(books, warehouse):
    pool = Pool()
    category, = pool.get('product.category').create([{
        'name': 'Contábil', 'accounting': True, 'account_revenue': books.revenue.id, 'account_expense': books.expense.id}])
    unit, kilogram = by_xml('product', 'uom_unit'), by_xml('product', 'uom_kilogram')
    templates = pool.get('product.template').create([{
        'name': name, 'type': 'goods', 'default_uom': kilogram if i == 2 else unit, 'sale_uom': kilogram if i == 2 else unit, 'salable': True, 'list_price': money(5, 400),
        'account_category': category.id, 'active': i != 9,
        'products': [('create', [{'suffix_code': 'PRD%05d' % (i + 1), 'cost_price': Decimal('1.5000'), 'active': i != 9}])],
    } for i, name in enumerate(['Caixa de papelão', 'Papel A4 70%', 'Copo térmico', 'Guardanapo_macio', 'Fita adesiva', 'Pote 50 ml',
                                'Luva nitrílica', 'Sacola kraft', 'Etiqueta', 'Bobina antiga'])])
    products = [pool.get('product.product').search([('template', '=', template.id), ('active', 'in', [True, False])])[0]
                for template in templates]
    Inventory = pool.get('stock.inventory')
    inventory, = Inventory.create([{
        'location': warehouse.storage_location.id, 'date': day(200), 'company': books.company.id,
        'lines': [('create', [{'product': product.id, 'quantity': float(R.randint(3, 80)) + (0.5 if i == 2 else 0)}
                              for i, product in enumerate(products[:8])])]}])
    Inventory.confirm([inventory])
    pool.get('stock.order_point').create([
        {'type': 'internal', 'product': product.id, 'storage_location': warehouse.storage_location.id, 'min_quantity': float(least),
         'target_quantity': float(least), 'provisioning_location': warehouse.input_location.id, 'company': books.company.id}
        for product, least in ((products[0], 500), (products[1], 1), (products[8], 12))])
    return products


def make_sales(books, customers, products, terms):
    pool = Pool()
    Sale, Line, Invoice = pool.get('sale.sale'), pool.get('sale.line'), pool.get('account.invoice')
    sales = []
    for i in range(30):
        party = customers[(i * 7) % len(customers)]
        sale = Sale(company=books.company, currency=books.company.currency, party=party, invoice_address=party.addresses[0],
                    shipment_address=party.addresses[0], payment_term=terms[i % 2], sale_date=day(120 - 4 * i),
                    invoice_method='order', shipment_method='manual', reference='PC-%03d' % i)
        sale.lines = [Line(type='line', product=product, unit=product.default_uom, quantity=float(R.randint(1, 9)),
                           unit_price=product.list_price, description=product.name)
                      for product in R.sample(products[:9], 1 + i % 4)]
        sales.append(sale)
    Sale.save(sales)
    Sale.quote(sales[3:])
    Sale.cancel(sales[3:6])
    Sale.confirm(sales[8:])
    Sale.process(sales[12:])
    bills = [invoice for sale in sales[12:26] for invoice in sale.invoices]  # the others' invoices stay drafts
    for bill in bills:
        bill.invoice_date = bill.sales[0].sale_date
    Invoice.save(bills)
    return bills


def make_invoices(books, customers, suppliers, terms, dollar, bills):
    Invoice = Pool().get('account.invoice')
    invoices = [books.invoice('out', customers[i % (len(customers) - 1)], day(300 - 3 * i), [money(10, 3000) for _ in range(1 + i % 3)],
                              terms[i % 2]) for i in range(60)]
    invoices += [books.invoice('in', suppliers[i % len(suppliers)], day(200 - 6 * i), [money(50, 5000)], terms[i % 2],
                               reference='FORN-%04d' % i) for i in range(32)]
    invoices.append(books.invoice('out', customers[2], day(25), [Decimal('-120.35')], terms[0]))  # a credit note
    invoices.append(books.invoice('out', customers[3], day(24), [Decimal('1000.00')], terms[0], currency=dollar))
    drafts = [books.invoice('out', customers[4], day(3), [Decimal('777.77')], terms[0]),
              books.invoice('in', suppliers[0], day(3), [Decimal('888.88')], terms[0], reference='RASCUNHO')]
    Invoice.save(invoices + drafts)
    Invoice.post(sorted(invoices + bills, key=lambda invoice: invoice.invoice_date))
    Invoice.validate_invoice(drafts[1:])
    return invoices


def settle(books, invoices, customers):
    Invoice = Pool().get('account.invoice')
    for i, invoice in enumerate(invoices[:92]):
        late = min(invoice.invoice_date + datetime.timedelta(days=20 + i % 40), TODAY)
        if i % 4 == 0:
            books.pay(invoice, invoice.total_amount, late, i % 3 % 2)
        elif i % 4 == 1 and len(invoice.lines_to_pay) == 3:  # the first instalment exactly
            first = invoice.lines_to_pay[0]
            books.pay(invoice, abs(first.debit - first.credit), late)
        elif i % 8 == 3:  # a part that settles no instalment
            books.pay(invoice, (invoice.total_amount * Decimal('0.4')).quantize(Decimal('0.01')), late, 1)
    Invoice.cancel([invoices[6], invoices[66]])
    Invoice.process(invoices)
    zero = {'party': customers[5].id}
    books.move(day(40), [(books.bank, Decimal('250.10'), {}), (books.receivable, Decimal('-250.10'), zero)], 'Adiantamento')
    opening = day(400)
    books.move(opening, [(books.bank, Decimal('50000.00'), {}), (books.revenue, Decimal('-50000.00'), {})], 'Capital')
    books.move(opening, [(books.receivable, Decimal('99.99'), {'party': customers[6].id, 'maturity_date': day(380)}),
                         (books.revenue, Decimal('-99.99'), {})], 'Saldo antigo')


def main():
    pool = Pool()
    pool.get('account.invoice').print_invoice = lambda invoices: None  # nobody reads the printed invoices
    User, Currency = pool.get('res.user'), pool.get('currency.currency')
    real, dollar = Currency.create([
        {'name': 'Real', 'code': 'BRL', 'symbol': 'R$', 'digits': 2, 'rounding': Decimal('0.01'),
         'rates': [('create', [{'date': datetime.date(2020, 1, 1), 'rate': Decimal(1)}])]},
        {'name': 'Dollar', 'code': 'USD', 'symbol': '$', 'digits': 2, 'rounding': Decimal('0.01'),
         'rates': [('create', [{'date': datetime.date(2020, 1, 1), 'rate': Decimal('0.2')}])]}])
    admin = User(Transaction().user)
    groups = [by_xml(module, name) for module, name in (
        ('account', 'group_account'), ('sale', 'group_sale'), ('stock', 'group_stock'))]
    assistant, clerk = User.create([
        {'name': login, 'login': login, 'password': os.environ['SEED_PASSWORD'], 'groups': [('add', own)]}
        for login, own in (('assistant', groups), ('clerk', []))])
    terms = make_terms()

    other = make_company('Canário Alheio Ltda', dollar, admin)
    with Transaction().set_context(company=other.id):
        books = Books(other)
        stranger, = pool.get('party.party').create([{'name': 'Cliente do Canário', 'addresses': [('create', [{'city': 'Longe'}])]}])
        foreign = books.invoice('out', stranger, day(50), [Decimal('66666.66')], terms[0])
        foreign.save()
        pool.get('account.invoice').post([foreign])

    company = make_company('Aurora Atacado Ltda', real, admin, 'America/Sao_Paulo')
    User.write([assistant, clerk], {'companies': [('add', [company.id])], 'company': company.id})
    with Transaction().set_context(company=company.id, _skip_warnings=True):
        books = Books(company)
        partners = make_partners()
        customers, suppliers = partners[:20], partners[20:25]
        warehouse, = pool.get('stock.location').search([('type', '=', 'warehouse')], limit=1)
        products = make_products(books, warehouse)
        bills = make_sales(books, customers, products, terms)
        settle(books, make_invoices(books, customers, suppliers, terms, dollar, bills), customers)


Pool.start()
Pool(DATABASE).init()
with Transaction().start(DATABASE, 1, context={'_skip_warnings': True}) as transaction:
    main()
    transaction.commit()
    transaction.tasks.clear()
