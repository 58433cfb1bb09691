using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>A value that a question gives: <c>:threshold</c> in conditions, expressions and measures. It is always bound, never written into SQL.</summary>
/// <param name="Name">Its name, without the colon.</param>
/// <param name="Type">What values it takes.</param>
/// <param name="Default">What it is where a question does not give it, as a constant; null where every question has to.</param>
public sealed record ModelParameter(string Name, ParameterType Type, Expression? Default)
{
    public string? Description { get; init; }
}

/// <summary>What values a parameter takes.</summary>
public enum ParameterType
{
    Text,
    Number,
    Day,
    Flag,
}
