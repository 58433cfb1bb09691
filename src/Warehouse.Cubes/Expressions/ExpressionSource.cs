using Warehouse.Definitions;

namespace Warehouse.Cubes.Expressions;

/// <summary>Where an expression was written, so that a fault in it can say so whenever it is found.</summary>
internal abstract class ExpressionSource
{
    /// <summary>The exception for a fault at a position of the text.</summary>
    public abstract UserFaultException Fault(int position, string message);

    public UserFaultException Fault(Expression at, string message) => Fault(at.Position, message);

    /// <exception cref="UserFaultException">The text is no expression.</exception>
    public Expression Parse(string text)
    {
        try
        {
            return ExpressionParser.Parse(text);
        }
        catch (ExpressionSyntaxException fault)
        {
            throw Fault(fault.Position, fault.Message);
        }
    }
}

/// <summary>An expression in a definition: faults say file, line and column.</summary>
internal sealed class DefinitionSource(DefinitionText text) : ExpressionSource
{
    /// <summary>Adds a fault to those of the file that is being read.</summary>
    public void Record(string message) => text.Fault(message);

    public override UserFaultException Fault(int position, string message) =>
        new DefinitionException([new DefinitionFault(text.File, text.Line, text.Column + position + (text.IsQuoted ? 1 : 0), message)]);
}

/// <summary>An expression in a query: faults name the part of the query, show its text and point into it.</summary>
internal sealed class QuerySource(string part, string text) : ExpressionSource
{
    public override UserFaultException Fault(int position, string message) => new WrongCommandException(
        FormattableString.Invariant($"{part}, character {position + 1}: {message}{Environment.NewLine}  {text}{Environment.NewLine}  {new string(' ', position)}^"));
}
