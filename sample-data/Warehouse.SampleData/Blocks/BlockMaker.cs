using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Contacts;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.People;
using Warehouse.SampleData.Tables;

namespace Warehouse.SampleData.Blocks;

/// <summary>Makes customers and strangers, one after the other, with everything that the files say of them. For one thread.</summary>
internal sealed class BlockMaker
{
    private const double GuestShare = 0.35;
    private const double SecondCardShare = 0.5;
    private const double StrangerPounds = 16;
    private const double StrangerReturnRate = 0.02;
    private const double StrangerQuestionShare = 0.12;


    private readonly World _world;
    private readonly int _seed;
    private readonly PersonFactory _people;
    private readonly PurchaseProcess _process;
    private readonly ChurnOracle _oracle;
    private readonly BasketFiller _filler;
    private readonly OrderRows _orders;
    private readonly ContactRows _contacts;
    private readonly CrmRows _crm;
    private readonly ConsentRows _consents;
    private readonly Rng _rng;
    private readonly PurchaseHistory _history = new();
    private readonly List<OrderLine> _lines = [];

    public BlockMaker(World world)
    {
        _world = world;
        _seed = world.Options.Seed;
        var occasions = new OccasionMaker(world.Clock, world.Stores);
        _people = new PersonFactory(_seed, world.Clock, world.Identifiers);
        _process = new PurchaseProcess(_seed, world.Clock, occasions, new Experiment(_seed, occasions), world.Waves);
        _oracle = new ChurnOracle(world.Clock);
        _filler = new BasketFiller(world.Catalogue, world.Rates);
        _orders = new OrderRows(world.Options, world.DataSets.Orders, world.Catalogue, world.Rates, world.People);
        _contacts = new ContactRows(world.Options, world.DataSets.Contacts, world.People);
        _crm = new CrmRows(world.DataSets.Crm, world.Identifiers);
        _consents = new ConsentRows(world.DataSets.Consents);
        _rng = new Rng(_seed, RandomStream.Basket);
    }

    /// <summary>Makes the people with indices in [from, to) into an empty block.</summary>
    public void Make(int from, int to, Block block)
    {
        for (var index = from; index < to; index++)
        {
            if (index < _world.Options.Customers)
            {
                MakeCustomer(index, block);
            }
            else
            {
                MakeStranger(index, block);
            }
        }
    }

    private void MakeCustomer(int index, Block block)
    {
        var traits = Traits.Draw(index, _seed, _world.Clock, _world.Stores, _world.Catalogue, _rng);
        var person = _people.Make(traits);
        _process.Live(traits, person, _history);

        _rng.Restart(_seed, RandomStream.Basket, index);
        _contacts.Begin(index);
        var habitBoughtOn = 0;
        for (var i = 0; i < _history.Occasions.Count; i++)
        {
            var occasion = _history.Occasions[i];
            if (!occasion.IsMissed)
            {
                MakeOrder(occasion, i, traits, person, ref habitBoughtOn, block.Rows);
            }
        }

        _contacts.Others(person, block.Rows);
        _crm.Write(person, block.Rows);
        _consents.Write(person, block.Rows);
        AddTables(traits, person, block);
    }

    private void MakeOrder(
        in Occasion occasion, int sequence, Traits traits, Person person, ref int habitBoughtOn, RowBatch rows)
    {
        _filler.Fill(traits, occasion.Pounds, occasion.Time, occasion.Store.IsEuro, ref habitBoughtOn, _rng, _lines);
        var order = new PlacedOrder(
            traits.Index, sequence, occasion.Time, occasion.Store, occasion.Channel, Reference(occasion, person), IsKnown: true);
        _orders.Write(order, _lines, traits.ReturnRate, rows);

        var orderId = _orders.OrderId(order);
        var sku = _world.Catalogue.Products[_lines[0].Product].Sku;
        foreach (var complaint in _history.Complaints)
        {
            if (complaint.About == occasion)
            {
                _contacts.Complaint(complaint, orderId, sku, person, rows);
            }
        }

        _contacts.AboutOrder(order, orderId, sku, person, rows);
    }

    private string Reference(in Occasion occasion, Person person)
    {
        var draw = _rng.Uniform();
        if (occasion.Channel == OrderChannel.Shop)
        {
            return person.SecondCard is not null && occasion.Time >= person.SecondRegisteredAt && draw < SecondCardShare
                ? person.SecondCard
                : person.LoyaltyCard!;
        }

        return occasion.Channel == OrderChannel.Web && draw < GuestShare
            ? person.WebEmailAt(occasion.Time)
            : person.WebAccount!;
    }

    private void MakeStranger(int index, Block block)
    {
        _rng.Restart(_seed, RandomStream.Strangers, index);
        var (day, share) = _world.Clock.Locate(_rng.Uniform() * _world.Clock.End);
        var time = LocalTime.At(day, OpeningHours.InShop(day, share));
        var shop = _world.Stores.ShopOn(day, _world.Stores.DrawHome(_rng));
        var habit = 0;
        _filler.Fill(null, StrangerPounds * _rng.Gamma(2) / 2, time, shop.IsEuro, ref habit, _rng, _lines);
        var order = new PlacedOrder(index, 0, time, shop, OrderChannel.Shop, "", IsKnown: false);
        _orders.Write(order, _lines, StrangerReturnRate, block.Rows);

        _contacts.Begin(index);
        if (_rng.Chance(StrangerQuestionShare))
        {
            _contacts.Stranger(index, block.Rows);
        }
    }

    private void AddTables(Traits traits, Person person, Block block)
    {
        var leftOn = _history.LeftAt is { } left
            ? DateOnly.FromDayNumber(_world.Clock.Locate(left).DayNumber)
            : (DateOnly?)null;
        block.Customers.Add(new CustomerRow(traits, person, leftOn));
        AddReferences(person, block.References);
        if (person.WebAccount is not null)
        {
            block.WebAccounts.Add(new WebAccountRow(person));
        }

        foreach (var assignment in _history.Assignments)
        {
            block.Effects.Add(new EffectRow(traits.Index, traits.Response, assignment));
            block.Touches.Add(new TouchRow(
                person.Account ?? person.WebAccount!, assignment.Wave, assignment.Touch, FirstOrderIn(assignment.Wave),
                LocalTime.Midnight(_world.Options.To)));
        }

        foreach (var asOf in _world.AsOfDates)
        {
            var now = _world.Clock.AtMidnight(asOf);
            if (HasOrderIn(0, now))
            {
                var horizon = _world.Clock.AtMidnight(asOf.AddDays(Population.ChurnHorizonDays));
                block.Churn.Add(new ChurnRow(
                    traits.Index, asOf, _oracle.At(asOf, traits, _history), HasOrderIn(now, horizon)));
            }
        }
    }

    private static void AddReferences(Person person, List<ReferenceRow> references)
    {
        void Add(string kind, string? reference)
        {
            if (reference is not null)
            {
                references.Add(new ReferenceRow(person.Index, kind, reference));
            }
        }

        Add("account", person.Account);
        Add("account", person.SecondAccount);
        Add("loyalty_id", person.LoyaltyCard);
        Add("loyalty_id", person.SecondCard);
        Add("web_account", person.WebAccount);
        foreach (var email in person.Emails)
        {
            Add("email", email);
        }

        Add("phone", person.CrmPhone ?? person.WebPhone);
    }

    private LocalTime? FirstOrderIn(Wave wave)
    {
        foreach (var occasion in _history.Occasions)
        {
            if (!occasion.IsMissed && occasion.At >= wave.Start && occasion.At < wave.End)
            {
                return occasion.Time;
            }
        }

        return null;
    }

    private bool HasOrderIn(double from, double to)
    {
        foreach (var occasion in _history.Occasions)
        {
            if (!occasion.IsMissed && occasion.At >= from && occasion.At < to)
            {
                return true;
            }
        }

        return false;
    }
}
