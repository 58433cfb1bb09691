using System.Globalization;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.Files;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Contacts;

/// <summary>
/// Writes the log of the contact centre. Besides complaints there are questions about orders, and questions that people
/// ask at the same rate whether or not they are still customers: none tells anything of who has left.
/// </summary>
internal sealed class ContactRows(RetailOptions options, CsvDataSet dataSet, long people)
{
    private const int ContactsPerPerson = 1 << 9;
    private const double QuestionPerOrder = 0.10;
    private const double QuestionsPerYear = 0.15;

    private static readonly string[] s_complaints =
        ["late delivery", "late delivery", "damaged goods", "wrong item", "refund not received", "poor service"];

    private static readonly string[] s_orderQuestions = ["where is my order", "change of order", "product question", "invoice"];
    private static readonly string[] s_otherQuestions = ["account", "loyalty points", "opening hours", "gift card", "data protection"];
    private static readonly string[] s_comments =
        ["asked for a call back", "sent £5 voucher", "will visit the shop", "parcel at neighbour’s", "very kind", "second time"];

    private readonly LocalTime _from = LocalTime.Midnight(options.From);
    private readonly LocalTime _end = LocalTime.Midnight(options.To);
    private readonly Shuffle _numbers = new(options.Seed, RandomStream.Identifiers, 7, people * ContactsPerPerson);
    private readonly Rng _rng = new(options.Seed, RandomStream.Contacts);
    private int _sequence;

    /// <summary>To be called before the contacts of each person.</summary>
    public void Begin(int person)
    {
        _rng.Restart(options.Seed, RandomStream.Contacts, person);
        _sequence = 0;
    }

    public void AboutOrder(in PlacedOrder order, string orderId, string sku, Person person, RowBatch batch)
    {
        if (!_rng.Chance(QuestionPerOrder))
        {
            return;
        }

        var channel = DrawChannel();
        var openedAt = Opening(channel, order.Time.PlusDays(3 * _rng.Exponential()));
        var resolvedAt = _rng.Chance(0.92) ? openedAt.Plus(300 + (20_000 * _rng.Exponential())) : (LocalTime?)null;
        Write(order.Person, person, channel, s_orderQuestions, isComplaint: false, orderId, sku, Agent.Draw(_rng), openedAt, resolvedAt, batch);
    }

    public void Complaint(in Complaint complaint, string orderId, string sku, Person person, RowBatch batch) =>
        Write(
            person.Index, person, DrawChannel(), s_complaints, isComplaint: true, orderId, sku, complaint.Agent,
            complaint.OpenedAt, complaint.ResolvedAt, batch);

    /// <summary>Questions that have to do with no order; over the window, or from the registration.</summary>
    public void Others(Person person, RowBatch batch)
    {
        var from = person.RegisteredAt > _from ? person.RegisteredAt : _from;
        var years = (_end.Seconds - from.Seconds) / (365.25 * LocalTime.SecondsPerDay);
        for (var left = _rng.Poisson(QuestionsPerYear * years); left > 0; left--)
        {
            Question(person.Index, person, from, batch);
        }
    }

    /// <summary>A question of somebody whom nobody knows.</summary>
    public void Stranger(int person, RowBatch batch) => Question(person, null, _from, batch);

    private void Question(int index, Person? person, LocalTime from, RowBatch batch)
    {
        var channel = DrawChannel();
        var openedAt = Opening(channel, new LocalTime(from.Seconds + (long)(_rng.Uniform() * (_end.Seconds - from.Seconds))));
        var resolvedAt = _rng.Chance(0.90) ? openedAt.Plus(200 + (9_000 * _rng.Exponential())) : (LocalTime?)null;
        Write(index, person, channel, s_otherQuestions, isComplaint: false, null, null, Agent.Draw(_rng), openedAt, resolvedAt, batch);
    }

    private string DrawChannel() => _rng.Uniform() switch
    {
        < 0.42 => "call",
        < 0.70 => "email",
        < 0.82 => "chat",
        < 0.92 => "web",
        _ => "visit",
    };

    private static LocalTime Opening(string channel, LocalTime time) =>
        channel is "email" or "web" ? time.AvoidingClockChange() : time.InServiceHours();

    private void Write(
        int index, Person? person, string channel, string[] topics, bool isComplaint, string? orderId, string? sku, int agent,
        LocalTime openedAt, LocalTime? resolvedAt, RowBatch batch)
    {
        if (openedAt >= _end)
        {
            return;
        }

        var answer = Answer.Draw(channel, isComplaint, openedAt, resolvedAt, _rng);
        var number = _numbers[((long)index * ContactsPerPerson) + _sequence];
        var buffer = batch.Buffer;
        var start = buffer.BeginRow();
        buffer.Plain(string.Create(CultureInfo.InvariantCulture, $"T{number:D8}"));
        buffer.Plain(channel);
        buffer.Plain(person is null ? "" : Reference(person));
        buffer.Plain(_rng.Pick<string>(topics));
        buffer.Plain(isComplaint ? "Y"u8 : "N"u8);
        buffer.Plain(orderId);
        buffer.Plain(sku);
        buffer.Plain(answer.At is null ? "" : Agent.Name(agent));
        buffer.Time(openedAt);
        buffer.Time(answer.At, _end);
        buffer.Number(answer.WaitingSeconds);
        buffer.Number(answer.TalkSeconds);
        buffer.Time(answer.EscalatedAt, _end);
        buffer.Time(answer.ResolvedAt, _end);
        buffer.Time(answer.ReopenedAt, _end);
        buffer.Time(answer.ClosedAt, _end);
        buffer.Number(answer.Satisfaction);
        buffer.Text(_rng.Chance(0.15) ? _rng.Pick<string>(s_comments) : null);
        batch.End(dataSet, start, new RowHeader
        {
            SortKey = openedAt.Seconds,
            Tie = RowHeader.TieOf(index, 0, 0) + _sequence,
            Person = index,
        });
        _sequence++;
    }

    private string Reference(Person person) => _rng.Uniform() switch
    {
        < 0.15 when person.MailingAddress is { } email => email,
        < 0.25 when (person.CrmPhone ?? person.WebPhone) is { } phone => phone,
        < 0.45 when person.LoyaltyCard is { } card => card,
        _ => person.Account ?? person.WebAccount!,
    };
}
