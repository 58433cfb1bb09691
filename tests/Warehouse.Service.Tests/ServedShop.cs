using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Warehouse.Service.Access;
using Warehouse.Store;
using Warehouse.Testing;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Tests;

/// <summary>A small workspace with two years of orders, served on a free port of this machine.</summary>
public sealed class ServedShop : IAsyncLifetime, IDisposable
{
    public const int Lines = 3_000;

    private const string Cubes =
        """
        cube: sales
        table: star.fact_sale
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
          product: { table: star.dim_product, key: product_key, on: product_key, unknown: -1, versions: { key: product_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { id: product_id } }
          customer: { table: star.dim_customer, key: customer_key, on: customer_key, unknown: -1, versions: { key: customer_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { id: customer_id } }
        measures:
          net_sales: { sum: net_amount }
          lines: { count: rows }
          buyers: { count_distinct: customer }
        """;

    private const string Roles =
        """
        roles:
          shelf: { cubes: { sales: "product.id in ('P1', 'P2', 'P3')" }, hidden: [customer.id] }
          books: { cubes: { sales: all }, masked: { customer.id: all } }
        """;

    private const string Feed =
        """
        feed: orders
        source: {files: data/orders*.csv}
        identity: shop
        reject_limit: 10%
        into: sale
        columns:
          order_id: order
          line_id: line
          ordered_at: at
          customer: customer
          product: product
          quantity: quantity
          unit_price: price
        """;

    private readonly FreshFolder _folder = new();
    private readonly List<IDisposable> _clients = [];
    private WarehouseService? _service;

    internal Workspace Workspace { get; private set; } = null!;

    internal AccessFile Access { get; private set; } = null!;

    internal Uri Url => _service!.Urls[0];

    internal OwnerToken Owner => _service!.Owner;

    internal WarehouseService Service => _service!;

    internal FreshFolder Folder => _folder;

    /// <summary>What <c>warehouse.yaml</c> says of the service.</summary>
    internal string Definition { get; init; } = "";

    /// <summary>The clock of the service.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    public async Task InitializeAsync()
    {
        _folder.Write("warehouse.yaml", $"name: shop\ncurrency: GBP\ncalendar: {{from: 2020-01-01, to: 2030-01-01}}\nlimits: {{threads: 2}}\n{Definition}");
        _folder.Write("feeds/orders.yaml", Feed);
        _folder.Write("cubes/sales.yaml", Cubes);
        _folder.Write("cubes/_roles.yaml", Roles);
        _folder.Write("segments/buyers.yaml", "segment: buyers\ndescription: Who bought.\nwhere: {all: []}\n");
        _folder.Write("data/orders.csv", Orders(Lines));
        Workspace = Workspace.Open(_folder.Path);
        Access = new AccessFile(Workspace, TimeProvider.System);
        var (code, words) = await RunAsync("load");
        Assert.True(code == 0, words);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await StopAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Someone of a role, with a key.</summary>
    internal HttpClient ClientOf(string role, params string[] cubes)
    {
        var name = string.Join('-', cubes.Prepend(role));
        Access.Put(name, role, cubes);
        return ClientWith(Access.AddKey(name, null));
    }

    /// <summary>Someone with a secret; with none, somebody who shows nothing.</summary>
    internal HttpClient ClientWith(string? secret)
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(5) };
        if (secret is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        _clients.Add(client);
        return client;
    }

    /// <summary>Starts it again where it was, for clients who know it by its address.</summary>
    internal async Task RestartAsync()
    {
        var place = Url;
        await StopAsync();
        _service = await WarehouseService.StartAsync(new ServiceOptions(Workspace, Time) { Urls = [place] }, CancellationToken.None);
    }

    internal async Task StartAsync() =>
        _service = await WarehouseService.StartAsync(new ServiceOptions(Workspace, Time) { Urls = [new Uri("http://127.0.0.1:0")] }, CancellationToken.None);

    internal async Task StopAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
            _service = null;
        }
    }

    /// <summary>Runs a verb in this process, as the command line would.</summary>
    internal async Task<(int Code, string Words)> RunAsync(params string[] words)
    {
        var root = new RootCommand();
        foreach (var verb in VerbTree.Create(TimeProvider.System))
        {
            root.Add(verb);
        }

        await using var bytes = new AnswerBytes();
        await using var output = new StreamWriter(bytes, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        var caller = new Caller
        {
            Name = "owner",
            Workspace = Workspace,
            Answers = () => bytes,
            Output = output,
            Error = output,
            MakeTerminal = () => Terminals.Over(output),
        };
        var code = await Verdict.OfAsync(root.Parse(words), caller, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(bytes.Whole()));
    }

    internal static string Orders(int lines, int firstOrder = 0)
    {
        var text = new StringBuilder("order,line,at,customer,product,quantity,price\n");
        for (var line = 0; line < lines; line++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"O{firstOrder + (line / 3)},{line % 3},{2024 + (line / 7 % 2)}-{(line % 12) + 1:00}-{(line % 28) + 1:00} 10:00:00,C{line % 53},P{line % 19},{(line % 4) + 1},{line % 100}.25\n");
        }

        return text.ToString();
    }
}
