using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that say which churn model is meant.</summary>
internal static class ChurnArguments
{
    /// <summary><c>--model NAME</c>.</summary>
    public static Option<string> Model() => new("--model")
    {
        Description = "The model, by the name that its definition in models/ gives.",
        DefaultValueFactory = _ => ChurnDefinition.DefaultName,
    };

    /// <summary><c>--horizon DAYS</c>.</summary>
    public static Option<int?> Horizon()
    {
        var option = new Option<int?>("--horizon")
        {
            Description = "Who buys nothing in so many days has churned; else as the definition says.",
            HelpName = "DAYS",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 3660)
            {
                result.AddError("--horizon is from 1 to 3660 days.");
            }
        });
        return option;
    }

    /// <summary><c>--as-of DATE</c>: here the first date of the horizon.</summary>
    public static Option<string?> AsOf()
    {
        var option = CommonOptions.AsOf();
        option.Description = "The first date of the horizon, such as 2026-07-01: what was known before it is used.";
        return option;
    }

    /// <summary><c>--version N</c>.</summary>
    public static Option<int?> Version() => new("--version") { Description = "The model's version; else the promoted one.", HelpName = "N" };

    /// <summary>The definition that was asked for, with what the options change.</summary>
    public static ChurnDefinition Definition(
        ParseResult parsed, Workspace workspace, Option<string> model, Option<int?> horizon, Option<string?>? learner = null) =>
        ChurnDefinition.Find(workspace, parsed.GetValue(model)!).With(
            parsed.GetValue(horizon),
            learner is not null && parsed.GetValue(learner) is { } name ? ChurnDefinition.ParseLearner(name) : null);
}
