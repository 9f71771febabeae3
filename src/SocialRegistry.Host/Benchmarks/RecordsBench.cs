using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Records read, edited and searched through the port in process, each beside the same work straight on the database.</summary>
internal static class RecordsBench
{
    public const int Steps = 9;

    private const int DeepestPage = 2_000;

    /// <summary>Calls whose statements a limit repeats.</summary>
    private const int Samples = 200;

    public static async Task<BenchReport> RunAsync(
        RecordsRequest request,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            await using var scratch = await ScratchDatabase.CreateAsync(
                request.Database,
                folder.FullName,
                cancellationToken
            );
            step("Start a registry");
            await using var registry = await BenchRegistry.StartAsync(
                folder.FullName,
                scratch.ConnectionString,
                seals: false,
                cancellationToken
            );
            step($"Import {request.Persons:N0} persons");
            var identifiers = await registry.FillAsync(request.Seed, request.Persons / 4, cancellationToken);
            using var raw = new RawDatabase(scratch.ConnectionString);
            if (scratch.IsPostgres)
            {
                await raw.ExecuteAsync("analyze", cancellationToken);
            }

            step("Wait for indexes");
            var register = await RecordsRegister.OpenAsync(registry.Services, identifiers, cancellationToken);
            var conditions = BenchReport.Machine(request.Duration);
            conditions["database"] = scratch.IsPostgres ? "PostgreSQL" : "SQLite";
            conditions["persons"] = identifiers.Count.ToString();
            conditions["seed"] = request.Seed.ToString();
            conditions["clients"] = $"{request.Clients} for reads and edits, 1 for pages";
            var run = new Run(request, raw, register, step, cancellationToken);
            return new BenchReport(await run.MeasureAsync(), conditions);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Run(
        RecordsRequest request,
        RawDatabase raw,
        RecordsRegister register,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        private int AnyPerson => Random.Shared.Next(register.Ids.Count);

        public async Task<IReadOnlyList<BenchFigure>> MeasureAsync()
        {
            var figures = new List<BenchFigure>();
            figures.AddRange(await ReadsAsync());
            figures.Add(await FindAsync());
            figures.Add(await EditsAsync());
            figures.AddRange(await PagesAsync());
            return figures;
        }

        private async Task<IReadOnlyList<BenchFigure>> ReadsAsync()
        {
            step("Read by id");
            var calls = await TapAsync(person => register.ReadAsync(person, cancellationToken));
            await using var bare = await OpenAsync(calls);
            var first = await BesideAsync(
                "read by id",
                _ => register.ReadAsync(AnyPerson, cancellationToken),
                "same statement",
                client => bare.RunAsync(client, cancellationToken),
                calls
            );

            step("Read by id, beside a read and a disclosure");
            var open = new List<IAsyncDisposable>();
            try
            {
                var shown = JsonSerializer.Serialize((await register.ReadAsync(0, cancellationToken)).Values.Keys);
                var disclose = await ClientsAsync(() =>
                    RawRecordWrites.DiscloseAsync(raw, shown, open, cancellationToken)
                );
                var second = await BesideAsync(
                    "read by id, like for like",
                    _ => register.ReadAsync(AnyPerson, cancellationToken),
                    "same statement, then a disclosure",
                    async client =>
                    {
                        await bare.RunAsync(client, cancellationToken);
                        await disclose[client](register.Ids[AnyPerson].Value);
                    },
                    calls
                );
                return
                [
                    first with
                    {
                        Reference = raw.IsPostgres ? RecordsReferences.Reads : null,
                    },
                    second with
                    {
                        Goal = 0.55,
                    },
                ];
            }
            finally
            {
                await CloseAsync(open);
            }
        }

        private async Task<BenchFigure> FindAsync()
        {
            step("Search by identifier");
            var calls = await TapAsync(person => register.FindAsync(person, cancellationToken));
            await using var bare = await OpenAsync(calls);
            return await BesideAsync(
                "search by identifier",
                _ => register.FindAsync(AnyPerson, cancellationToken),
                "same statement",
                client => bare.RunAsync(client, cancellationToken),
                calls
            );
        }

        private async Task<BenchFigure> EditsAsync()
        {
            step("Edit one field");
            // Each client has persons of its own: those of the product in front, those of the limit behind.
            var half = register.Ids.Count / 2;
            var next = new int[request.Clients];
            int Own(int client) => client + request.Clients * (next[client]++ % (half / request.Clients));
            var calls = await TapAsync(person => register.EditAsync(person % half, cancellationToken), 2);
            var open = new List<IAsyncDisposable>();
            try
            {
                var edit = await ClientsAsync(() => RawRecordWrites.EditAsync(raw, open, cancellationToken));
                var figure = await BesideAsync(
                    "edit one field",
                    client => register.EditAsync(Own(client), cancellationToken),
                    RawRecordWrites.EditName(raw),
                    client => edit[client](register.Ids[half + Own(client)].Value, next[client] % 2 == 0 ? "3" : "4"),
                    calls
                );
                return figure with { Goal = 0.6, Reference = RecordsReferences.Edits(raw.IsPostgres, request.Clients) };
            }
            finally
            {
                await CloseAsync(open);
            }
        }

        private async Task<IReadOnlyList<BenchFigure>> PagesAsync()
        {
            step("First page of a search");
            var (number, after) = await register.DeepAsync(DeepestPage, cancellationToken);
            var first = await PageAsync("search, page 1", null);
            step("Deep page of a search");
            var deep = await PageAsync($"search, page {number:N0}", after);
            return
            [
                first with
                {
                    GoalMilliseconds = 5,
                },
                deep,
                new BenchFigure($"page {number:N0} beside page 1", "a second", deep.Value, "page 1", first.Value)
                {
                    Goal = 1 / 1.5,
                },
            ];
        }

        private async Task<BenchFigure> PageAsync(string name, string? after)
        {
            var calls = await TapAsync(_ => register.SearchAsync(after, cancellationToken), 1);
            await using var bare = await OpenAsync(calls);
            return await BesideAsync(
                name,
                _ => register.SearchAsync(after, cancellationToken),
                "same statement",
                client => bare.RunAsync(client, cancellationToken),
                calls,
                clients: 1
            );
        }

        private async Task<BenchFigure> BesideAsync(
            string name,
            Func<int, Task> ours,
            string limitName,
            Func<int, Task> limit,
            IReadOnlyList<Tapped> calls,
            int? clients = null
        )
        {
            var result = await ClosedLoop.BesideAsync(
                clients ?? request.Clients,
                request.Duration,
                ours,
                limit,
                cancellationToken
            );
            return new BenchFigure(name, "a second", result.Ours.PerSecond, limitName, result.Limit.PerSecond)
            {
                Latency = result.Ours.Latency(),
                LimitLatency = result.Limit.Latency(),
                RoundTrips = calls[^1].RoundTrips,
            };
        }

        private async Task<List<Tapped>> TapAsync(Func<int, Task> call, int samples = Samples)
        {
            using var tap = await StatementTap.OpenAsync(cancellationToken);
            var calls = new List<Tapped>();
            await call(0);
            for (var i = 0; i < samples; i++)
            {
                var person = (int)((long)i * register.Ids.Count / samples);
                calls.Add(await StatementTap.OfAsync(() => call(person)));
            }

            return calls;
        }

        /// <summary>The first statement of each call is the one that finds the record; what follows is the disclosure's.</summary>
        private Task<RawReads> OpenAsync(IEnumerable<Tapped> calls) =>
            RawReads.OpenAsync(raw, [.. calls.Select(c => c.Statements[0])], request.Clients, cancellationToken);

        private async Task<T[]> ClientsAsync<T>(Func<Task<T>> open)
        {
            var opened = new T[request.Clients];
            for (var i = 0; i < opened.Length; i++)
            {
                opened[i] = await open();
            }

            return opened;
        }

        private static async Task CloseAsync(List<IAsyncDisposable> open)
        {
            foreach (var statement in open)
            {
                await statement.DisposeAsync();
            }
        }
    }
}
