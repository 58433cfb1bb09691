namespace Warehouse.Etl.Targets;

/// <summary>What a target's column holds; it decides how a source's text is read.</summary>
public enum ColumnKind
{
    /// <summary>A text as it is.</summary>
    Text,

    /// <summary>A whole number; « 17850.0 » is one too.</summary>
    Whole,

    /// <summary>A number; more than four decimals are rounded, half away from zero.</summary>
    Number,

    /// <summary>What one currency is worth in another; more than eight decimals are rounded, half away from zero.</summary>
    Rate,

    /// <summary>A date without a time.</summary>
    Date,

    /// <summary>A date and time of day in the source's time zone.</summary>
    Instant,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A duration: whole seconds, or hours, minutes and seconds (00:02:23).</summary>
    Seconds,

    /// <summary>Somebody's identifier, with the name space that it belongs to (an « identity »).</summary>
    Customer,
}
