using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Imports;

/// <summary>Memory is measured for the whole process, so nothing runs beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The size of a file shows in time, not in memory.</summary>
[Collection(nameof(Alone))]
public sealed class LargeFileTests
{
    private const int Rows = 50_000;

    [Fact]
    public async Task A_large_file_is_imported_in_bounded_memory()
    {
        await using var host = await RegistryHost.StartAsync();
        var registrants = new Counting();
        var import = new CsvImport(
            registrants,
            host.Fields,
            host.Services.GetRequiredService<IRelationships>(),
            host.Areas
        );
        await using var file = new Generated();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        long rows = 0;
        var batches = 0;

        await foreach (
            var batch in import.RunAsync(
                new CsvImportRequest { Kind = RegistrantKinds.Individual },
                file,
                RegistryHost.Staff(),
                CancellationToken.None
            )
        )
        {
            rows += batch.Results.Count;
            if (++batches % 20 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(Rows, rows);
        Assert.InRange(file.Written, 50_000_000, long.MaxValue);
        Assert.InRange(most, 0, 16L * 1024 * 1024);
        Assert.InRange(registrants.MostCharacters, 1, 1024 * 1024);
    }

    /// <summary>A file of 50,000 rows of a kilobyte that is nowhere kept.</summary>
    private sealed class Generated : MemoryStream
    {
        private static readonly string Filling = new('x', 990);
        private byte[] line = "UIN,given_name,place_of_birth\n"u8.ToArray();
        private int at;
        private int row;

        public long Written { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (at == line.Length)
            {
                if (row == Rows)
                {
                    return ValueTask.FromResult(0);
                }

                line = System.Text.Encoding.UTF8.GetBytes($"U{row++:D9},Ana,\"{Filling}, Portamara\"\n");
                at = 0;
            }

            var count = Math.Min(buffer.Length, line.Length - at);
            line.AsSpan(at, count).CopyTo(buffer.Span);
            at += count;
            Written += count;
            return ValueTask.FromResult(count);
        }
    }

    private sealed class Counting : IRegistrants
    {
        public long MostCharacters { get; private set; }

        public Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
            IReadOnlyList<ImportRow> rows,
            bool dryRun,
            Caller caller,
            CancellationToken cancellationToken
        )
        {
            MostCharacters = Math.Max(
                MostCharacters,
                rows.Sum(r => r.Values.Values.Sum(v => (long)v.GetRawText().Length))
            );
            return Task.FromResult(
                Outcome.Of<IReadOnlyList<Outcome<ImportedRegistrant>>>([
                    .. rows.Select(_ =>
                        (Outcome<ImportedRegistrant>)
                            new ImportedRegistrant(new RegistrantId(Guid.Empty), ImportAction.Created, 1)
                    ),
                ])
            );
        }

        public Task<Outcome<SearchPage>> SearchAsync(
            SearchRequest request,
            Caller caller,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
            IReadOnlyList<RegistrantId> i,
            ReadOptions o,
            Caller c,
            CancellationToken t
        ) => throw new NotSupportedException();

        public Task<Outcome<RegistrantView>> CreateAsync(NewRegistrant r, Caller c, CancellationToken t) =>
            throw new NotSupportedException();

        public Task<Outcome<RegistrantView>> GetAsync(RegistrantId i, ReadOptions o, Caller c, CancellationToken t) =>
            throw new NotSupportedException();

        public Task<Outcome<RegistrantView>> UpdateAsync(
            RegistrantId i,
            RegistrantPatch p,
            Caller c,
            CancellationToken t
        ) => throw new NotSupportedException();

        public Task<Outcome<RegistrantView>> ChangeStatusAsync(
            RegistrantId i,
            StatusChange s,
            Caller c,
            CancellationToken t
        ) => throw new NotSupportedException();

        public Task<Outcome<Done>> ArchiveAsync(RegistrantId i, long v, string r, Caller c, CancellationToken t) =>
            throw new NotSupportedException();

        public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
            IReadOnlyList<Identifier> i,
            ReadOptions o,
            Caller c,
            CancellationToken t
        ) => throw new NotSupportedException();
    }
}
