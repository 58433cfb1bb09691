using Warehouse.Campaigns.Measurement;

namespace Warehouse.Verbs.Output;

/// <summary>What an experiment changed as a table.</summary>
internal static class MeasurementAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("arm", "VARCHAR"),
        new("outcome", "VARCHAR"),
        new("customers", "INTEGER", null, ColumnFormat.Count),
        new("mean", "DOUBLE") { Show = FourDigits },
        new("control_mean", "DOUBLE", "without") { Show = FourDigits },
        new("difference", "DOUBLE") { Show = SixDigits },
        new("standard_error", "DOUBLE", "± 1 s.e.") { Show = SixDigits },
        new("low", "DOUBLE") { Show = SixDigits },
        new("high", "DOUBLE") { Show = SixDigits },
        new("p", "DOUBLE") { Show = ThreeDigits },
        new("adjusted_p", "DOUBLE", "Holm p") { Show = ThreeDigits },
        new("is_claimed", "BOOLEAN", "claim"),
    ];

    public static Answer Of(ExperimentReport report) => new(
        0,
        null,
        "",
        Columns,
        [
            .. report.Effects.Select(effect => new object?[]
            {
                effect.Arm, effect.Outcome, effect.Customers, effect.Mean, effect.ControlMean, effect.Difference, effect.StandardError,
                effect.Low, effect.High, effect.P, effect.AdjustedP, effect.Claim.IsMade,
            }),
        ]);

    private static string FourDigits(object? value) => value is double number ? FormattableString.Invariant($"{number:#,##0.0000}") : "";

    private static string SixDigits(object? value) => value is double number ? FormattableString.Invariant($"{number:0.000000}") : "";

    private static string ThreeDigits(object? value) => value is double number ? FormattableString.Invariant($"{number:0.000}") : "";
}
