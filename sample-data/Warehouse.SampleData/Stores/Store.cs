namespace Warehouse.SampleData.Stores;

/// <summary>A place of sale. Index is its place in the list; a web store has <see cref="IsWeb"/> set.</summary>
internal sealed record Store(
    int Index, string Code, string Name, string City, string Region, string Country, string Format, DateOnly OpenedOn)
{
    public bool IsWeb => Format == "web";

    public bool IsEuro => Country == "IE";

    public byte[] CodeUtf8 { get; } = System.Text.Encoding.ASCII.GetBytes(Code);

    public bool IsOpenOn(int dayNumber) => OpenedOn.DayNumber <= dayNumber;
}
