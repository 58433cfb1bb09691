namespace Warehouse.SampleData;

/// <summary>What to generate. Equal options give equal files.</summary>
public sealed record RetailOptions
{
    /// <summary>The fewest customers that can be asked for: so many that one fault of each kind is less than a hundredth of a
    /// data set.</summary>
    public const int FewestCustomers = 1_000;

    /// <summary>The most customers that can be asked for.</summary>
    public const int MostCustomers = 50_000_000;

    private readonly int _customers = 20_000;
    private readonly DateOnly _from = new(2023, 7, 1);
    private readonly DateOnly _to = new(2026, 7, 1);

    /// <summary>People whom the retailer knows; about 20 order lines each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below <see cref="FewestCustomers"/> or above <see cref="MostCustomers"/>.</exception>
    public int Customers
    {
        get => _customers;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, FewestCustomers);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostCustomers);
            _customers = value;
        }
    }

    /// <summary>What all random numbers come from.</summary>
    public int Seed { get; init; } = 20_260_701;

    /// <summary>The first day of orders.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before 1950, when there was nothing to register with.</exception>
    public DateOnly From
    {
        get => _from;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, new DateOnly(1950, 1, 1));
            _from = value;
        }
    }

    /// <summary>The day after the last: the window is [from, to).</summary>
    public DateOnly To { get => _to; init => _to = value; }
}
