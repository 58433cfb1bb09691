namespace Warehouse.Cubes.Expressions;

/// <summary>A text is no expression. Whoever gave the text says where it stands: see <see cref="ExpressionSource"/>.</summary>
internal sealed class ExpressionSyntaxException(int position, string message) : Exception(message)
{
    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
