using System.CommandLine;
using System.CommandLine.Completions;
using Warehouse.Verbs.Commands;

namespace Warehouse.Service.Api;

/// <summary>One thing that can be said to a verb: an argument or an option of the command line.</summary>
/// <param name="Symbol">The argument or option.</param>
/// <param name="Name">Its name without hyphens in front.</param>
internal sealed record VerbParameter(Symbol Symbol, string Name)
{
    /// <summary>Whether the caller sends a file.</summary>
    public bool IsFile => Symbol is FileOption;

    /// <summary>Whether nothing works without it.</summary>
    public bool IsRequired => Symbol is Option { Required: true } or Argument { Arity.MinimumNumberOfValues: > 0, HasDefaultValue: false };

    /// <summary>Whether it can be said more than once.</summary>
    public bool IsMany => Arity.MaximumNumberOfValues > 1;

    /// <summary>Whether it is said or not, and has no value.</summary>
    public bool IsFlag => Symbol is Option<bool>;

    /// <summary>The type of its values.</summary>
    public Type ValueType
    {
        get
        {
            var type = Symbol is Option option ? option.ValueType : ((Argument)Symbol).ValueType;
            type = type.GetElementType() ?? type;
            return Nullable.GetUnderlyingType(type) ?? type;
        }
    }

    /// <summary>The values that it may have; none where they cannot be listed.</summary>
    public IReadOnlyList<string> Choices =>
        [.. (Symbol is Option option ? option.GetCompletions(CompletionContext.Empty) : ((Argument)Symbol).GetCompletions(CompletionContext.Empty)).Select(item => item.Label)];

    /// <summary>Whether words of the command line say it.</summary>
    public bool IsSaidIn(ParseResult words) => Symbol is Option option ? words.GetResult(option) is { Implicit: false } : words.GetResult((Argument)Symbol) is not null;

    private ArgumentArity Arity => Symbol is Option option ? option.Arity : ((Argument)Symbol).Arity;

    public static IEnumerable<VerbParameter> Of(Command command) =>
        command.Arguments.Select(argument => new VerbParameter(argument, argument.Name))
            .Concat(command.Options.Select(option => new VerbParameter(option, option.Name.TrimStart('-'))));

    /// <summary>The words of the command line that say these values. A list for what takes one text is that text with commas; an empty text says nothing.</summary>
    public IEnumerable<string> Words(IReadOnlyList<string> values) => Symbol switch
    {
        Argument => values,
        _ when IsFlag => values.Select(value => value.Length == 0 ? $"--{Name}" : $"--{Name}={value}"),
        _ when Arity.MinimumNumberOfValues > 0 && values.All(value => value.Length == 0) => [],
        _ when !IsMany && values.Count > 1 => [$"--{Name}={string.Join(", ", values)}"],
        _ => values.Select(value => value.Length == 0 && Arity.MinimumNumberOfValues == 0 ? $"--{Name}" : $"--{Name}={value}"),
    };
}
