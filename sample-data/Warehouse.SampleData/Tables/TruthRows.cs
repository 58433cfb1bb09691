using Warehouse.DuckDb;
using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Tables;

internal readonly record struct ReferenceRow(int Person, string Kind, string Reference) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row) =>
        row.AppendValue(Person + 1).AppendValue(Kind).AppendValue(Reference);
}

internal readonly record struct ChurnRow(int Person, DateOnly AsOf, ChurnProbability Probability, bool HasBought) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row) => row
        .AppendValue(AsOf)
        .AppendValue(Person + 1)
        .AppendValue(Rounded(Probability.Best))
        .AppendValue(Rounded(Probability.Hidden))
        .AppendValue(HasBought);

    /// <summary>Four decimals are more than any use of it needs, and a third of the file.</summary>
    private static float Rounded(double probability) => (float)Math.Round(probability, 4);
}

internal readonly record struct EffectRow(int Person, Response Response, Assignment Assignment) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row) => row
        .AppendValue(Assignment.Wave.Index)
        .AppendValue(Assignment.Wave.Campaign)
        .AppendValue(Assignment.Wave.Number)
        .AppendValue(Person + 1)
        .AppendValue(Assignment.IsTreated ? "treated" : "control")
        .AppendValue(Words.Of(Response))
        .AppendValue((float)Math.Round(Assignment.ProbabilityControl, 4))
        .AppendValue((float)Math.Round(Assignment.ProbabilityTreated, 4))
        .AppendValue(Assignment.BuysUntreated)
        .AppendValue(Assignment.BuysTreated)
        .AppendValue(Math.Round((decimal)Assignment.PoundsUntreated, 2))
        .AppendValue(Math.Round((decimal)Assignment.PoundsTreated, 2));
}

internal readonly record struct RuleRow(PlantedRule Rule, PlantedItem Antecedent, double Probability) : IParquetRow
{
    public static IEnumerable<RuleRow> Of(IEnumerable<PlantedRule> rules) =>
        rules.SelectMany(rule => rule.Antecedents.Select(a => new RuleRow(rule, a.Item, a.Probability)));

    public void AppendTo(DuckDBAppenderRow row) => row
        .AppendValue(Rule.Name)
        .AppendValue(Rule.Kind switch
        {
            RuleKind.Together => "together",
            RuleKind.Instead => "instead",
            _ => "same_season",
        })
        .AppendValue(Antecedent.Sku)
        .AppendValue(Probability)
        .AppendValue(Rule.Consequent.Sku)
        .AppendValue(Rule.Confidence)
        .AppendValue(Rule.Base);
}

internal readonly record struct FaultRow(Fault Fault) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row) => row
        .AppendValue(Fault.File)
        .AppendValue(Fault.Line)
        .AppendValue(Fault.Kind)
        .AppendValue(Fault.Column)
        .AppendValue(Fault.Outcome switch
        {
            Outcome.Keep => "keep",
            Outcome.Reject => "reject",
            Outcome.Duplicate => "duplicate",
            _ => "no_row",
        })
        .AppendValue(Fault.Original)
        .AppendValue(Fault.NetTenThousandths / 10_000m);
}

internal readonly record struct ClockRow(TradingClock Clock, DateOnly Date) : IParquetRow
{
    public static IEnumerable<ClockRow> Of(TradingClock clock)
    {
        for (var date = clock.From; date < clock.To; date = date.AddDays(1))
        {
            yield return new ClockRow(clock, date);
        }
    }

    public void AppendTo(DuckDBAppenderRow row) =>
        row.AppendValue(Date).AppendValue(Clock.DayWeight(Date)).AppendValue(Clock.AtMidnight(Date));
}
