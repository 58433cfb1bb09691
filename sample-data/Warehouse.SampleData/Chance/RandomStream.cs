namespace Warehouse.SampleData.Chance;

/// <summary>What random numbers are drawn for. Streams of one seed are independent: a change to how names are drawn
/// moves no purchase.</summary>
internal enum RandomStream
{
    Assortment,
    Rates,
    Traits,
    Purchases,
    Campaigns,
    Person,
    Household,
    Consent,
    Basket,
    Returns,
    Contacts,
    Strangers,
    Identifiers,
    Faults,
}
