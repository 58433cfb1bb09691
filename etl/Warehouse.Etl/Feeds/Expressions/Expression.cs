namespace Warehouse.Etl.Feeds.Expressions;

/// <summary>Something that can be computed from the texts of a row's columns.</summary>
internal abstract record Expression
{
    /// <summary>The columns that it reads.</summary>
    public abstract IEnumerable<string> Columns { get; }

    /// <summary>Its value for a row.</summary>
    /// <param name="column">Gives the text of a column; null where it has none.</param>
    public abstract Operand Of(Func<string, string?> column);
}

/// <summary>A value that is the same in every row.</summary>
internal sealed record Literal(Operand Value) : Expression
{
    public override IEnumerable<string> Columns => [];

    public override Operand Of(Func<string, string?> column) => Value;
}

/// <summary>The text of a column.</summary>
internal sealed record ColumnText(string Name) : Expression
{
    public override IEnumerable<string> Columns => [Name];

    public override Operand Of(Func<string, string?> column) => Operand.Of(column(Name));
}

/// <summary>A function of some values.</summary>
internal sealed record Call(Function Function, IReadOnlyList<Expression> Parts) : Expression
{
    public override IEnumerable<string> Columns => Parts.SelectMany(part => part.Columns);

    public override Operand Of(Func<string, string?> column)
    {
        var values = new Operand[Parts.Count];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = Parts[place].Of(column);
            if (values[place].Fault is not null && !Function.Chooses)
            {
                return values[place];
            }
        }

        return Function.Apply(values);
    }
}
