using System.Globalization;
using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.Files;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.Blocks;

/// <summary>An order as the tills and the web store record it.</summary>
/// <param name="Person">The index of the customer, or beyond all of them for a stranger.</param>
/// <param name="Sequence">Its number among the person's orders.</param>
/// <param name="Customer">The reference on the order; empty for a stranger.</param>
internal readonly record struct PlacedOrder(
    int Person, int Sequence, LocalTime Time, Store Store, OrderChannel Channel, string Customer, bool IsKnown);

/// <summary>Writes the lines of orders and of what comes back of them.</summary>
internal sealed class OrderRows
{
    /// <summary>More orders than anybody places in the window.</summary>
    private const int OrdersPerPerson = 1 << 12;

    /// <summary>Returns are numbered after the orders.</summary>
    private const int FirstReturn = OrdersPerPerson / 2;

    private const double KnownReturnShare = 0.85;

    private readonly int _seed;
    private readonly CsvDataSet _dataSet;
    private readonly Catalogue _catalogue;
    private readonly ExchangeRates _rates;
    private readonly LocalTime _end;
    private readonly Shuffle _numbers;
    private readonly string _numberFormat;
    private readonly Rng _rng;

    public OrderRows(RetailOptions options, CsvDataSet dataSet, Catalogue catalogue, ExchangeRates rates, long people)
    {
        _seed = options.Seed;
        _dataSet = dataSet;
        _catalogue = catalogue;
        _rates = rates;
        _end = LocalTime.Midnight(options.To);
        _numbers = new Shuffle(options.Seed, RandomStream.Identifiers, 6, people * OrdersPerPerson);
        _numberFormat = $"D{(people * OrdersPerPerson).ToString(CultureInfo.InvariantCulture).Length}";
        _rng = new Rng(options.Seed, RandomStream.Returns);
    }

    public string OrderId(in PlacedOrder order) =>
        (order.Channel == OrderChannel.Shop ? "S" : "W") + Number(order);

    /// <returns>The net value of the lines in ten-thousandths of a pound.</returns>
    public long Write(in PlacedOrder order, List<OrderLine> lines, double returnRate, RowBatch batch)
    {
        var orderId = OrderId(order);
        var payment = Payment(order);
        var total = 0L;
        for (var i = 0; i < lines.Count; i++)
        {
            total += Write(order, orderId, order.Time, order.Sequence, i + 1, lines[i], payment, returns: null, batch);
        }

        GiveBack(order, orderId, lines, payment, returnRate, batch);
        return total;
    }

    private void GiveBack(
        in PlacedOrder order, string orderId, List<OrderLine> lines, string payment, double returnRate, RowBatch batch)
    {
        _rng.Restart(_seed, RandomStream.Returns, ((long)order.Person * OrdersPerPerson) + order.Sequence);
        var number = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (!_rng.Chance(Math.Min(0.9, returnRate * _catalogue.Products[line.Product].Shelf.ReturnFactor)))
            {
                continue;
            }

            var day = order.Time.DayNumber + 2 + (int)(6 * _rng.Gamma(2));
            day = DateOnly.FromDayNumber(day) is { Month: 12, Day: 25 } ? day + 1 : day;
            var time = LocalTime.At(day, OpeningHours.InShop(day, _rng.Uniform()));
            var quantity = line.Quantity == 1 || _rng.Chance(0.75) ? line.Quantity : 1 + _rng.Below(line.Quantity);
            var isKnown = _rng.Chance(KnownReturnShare);
            if (time >= _end)
            {
                continue;
            }

            var back = line with { Quantity = -quantity, Discount = -(line.Discount * quantity / line.Quantity) };
            number++;
            Write(
                order, $"R{Number(order)}-{number}", time, FirstReturn + order.Sequence, number, back, payment,
                (isKnown ? orderId : "", i + 1), batch);
        }
    }

    private long Write(
        in PlacedOrder order, string id, LocalTime time, int sequence, int lineNumber, OrderLine line, string payment,
        (string Order, int Line)? returns, RowBatch batch)
    {
        var product = _catalogue.Products[line.Product];
        var isEuro = order.Store.IsEuro;
        var buffer = batch.Buffer;
        var start = buffer.BeginRow();
        buffer.Plain(id);
        buffer.Number(returns is null ? lineNumber : 1);
        buffer.Time(time);
        buffer.Plain(order.Customer);
        buffer.Plain(order.Store.CodeUtf8);
        buffer.Plain(order.Channel switch
        {
            OrderChannel.Shop => "shop"u8,
            OrderChannel.Web => "web"u8,
            _ => "app"u8,
        });
        buffer.Plain(product.SkuUtf8);
        buffer.Number(line.Quantity);
        buffer.Hundredths(line.UnitPrice);
        buffer.Hundredths(line.Discount);
        buffer.Plain(isEuro ? "EUR"u8 : "GBP"u8);
        buffer.Plain(payment);
        if (returns is { Order.Length: > 0 } known)
        {
            buffer.Plain(known.Order);
            buffer.Number(known.Line);
        }
        else
        {
            buffer.Empty();
            buffer.Empty();
        }

        var net = (long)line.Net * (isEuro ? _rates.PencePerEuro(time.DayNumber) : 100);
        var marks = (order.IsKnown ? RowMarks.KnownCustomer : RowMarks.None)
            | (returns is null ? RowMarks.None : RowMarks.Return);
        batch.End(_dataSet, start, new RowHeader
        {
            SortKey = time.Seconds,
            Tie = RowHeader.TieOf(order.Person, sequence, lineNumber),
            NetTenThousandths = net,
            Person = order.Person,
            Marks = marks,
        });
        return net;
    }

    private string Number(in PlacedOrder order) =>
        _numbers[((long)order.Person * OrdersPerPerson) + order.Sequence].ToString(_numberFormat, CultureInfo.InvariantCulture);

    private static string Payment(in PlacedOrder order)
    {
        // People pay as they always do.
        var habit = (order.Person * 2_654_435_761L) >> 7;
        return order.Channel == OrderChannel.Shop
            ? (habit % 10) switch { < 6 => "card", < 8 => "cash", _ => order.Sequence % 3 == 0 ? "cash" : "card" }
            : (habit % 10) switch { < 5 => "card", < 8 => "paypal", _ => "invoice" };
    }
}
