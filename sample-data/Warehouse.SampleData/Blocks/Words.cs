using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Blocks;

/// <summary>How the files write what the code has names for.</summary>
internal static class Words
{
    public static string Of(Medium medium) => medium switch
    {
        Medium.Email => "email",
        Medium.Sms => "sms",
        Medium.Phone => "phone",
        _ => "post",
    };

    public static string Of(Audience audience) => audience == Audience.Active ? "active" : "lapsed";

    public static string Of(Origin origin) => origin switch
    {
        Origin.Newcomer => "newcomer",
        Origin.Established => "established",
        _ => "prospect",
    };

    public static string Of(Response response) => response switch
    {
        Response.Responsive => "responsive",
        Response.Averse => "averse",
        _ => "indifferent",
    };

    public static string Of(Shopping shopping) => shopping switch
    {
        Shopping.ShopsOnly => "shops_only",
        Shopping.WebOnly => "web_only",
        _ => "both",
    };

    public static string Of(Link link) => link switch
    {
        Link.OneSource => "one_source",
        Link.Email => "email",
        Link.Phone => "phone",
        Link.NameAndPostcode => "name_and_postcode",
        _ => "nothing",
    };
}
