using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary>The options that ask for customers instead of what they add up to: <c>--customers</c>, <c>--of</c>, <c>--limit</c>.</summary>
internal sealed class CustomerListArguments
{
    private readonly Option<bool> _customers;
    private readonly Option<string?> _of;
    private readonly Option<int?> _limit = new("--limit") { Description = "At most so many customers, the most valuable first.", HelpName = "N" };

    /// <param name="everybody">What --customers gives.</param>
    /// <param name="group">What --of takes.</param>
    public CustomerListArguments(string everybody, string group)
    {
        _customers = new("--customers") { Description = everybody };
        _of = new("--of") { Description = group, HelpName = "GROUP" };
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--limit is 1 or more.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _customers, _of, _limit })
        {
            command.Add(option);
        }
    }

    /// <summary>Whether customers are asked for.</summary>
    public bool AreAsked(ParseResult parsed) => parsed.GetValue(_customers) || Group(parsed) is not null;

    /// <summary>The group whose customers are asked for; null for everybody.</summary>
    public string? Group(ParseResult parsed) => parsed.GetValue(_of);

    /// <summary>The group, which is one of these names.</summary>
    /// <exception cref="WrongCommandException">It is none of them.</exception>
    public string? Group(ParseResult parsed, IReadOnlyCollection<string> names, string what) => Group(parsed) is { } name && !names.Contains(name)
        ? throw new WrongCommandException($"There is no {what} \"{name}\". {NearNames.Hint(name, names, $"{what}s")}")
        : Group(parsed);

    /// <summary>The answer, cut where it may have so many rows at most: those of the greatest value stay, of equal ones those first in it.</summary>
    /// <param name="parsed">What was given.</param>
    /// <param name="answer">Every row.</param>
    /// <param name="valueColumn">The place of the value; null where there is none.</param>
    /// <param name="notes">Is told what was left out.</param>
    public Answer Cut(ParseResult parsed, Answer answer, int? valueColumn, ICollection<string> notes)
    {
        if (parsed.GetValue(_limit) is not { } most || answer.Rows.Count <= most)
        {
            return answer;
        }

        notes.Add(FormattableString.Invariant($"{most:#,##0} of {answer.Rows.Count:#,##0} customers are given."));
        var rows = valueColumn is { } place ? answer.Rows.OrderByDescending(row => row[place]) : answer.Rows.AsEnumerable();
        return answer with { Rows = [.. rows.Take(most)] };
    }
}
