using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Documents;

/// <summary>What stands behind the port: pieces that cannot be moved, a change log without a gap, limits of the deployment.</summary>
public abstract class DocumentStorageTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly NewDocument Letter = new()
    {
        Kind = "letter",
        FileName = "letter.txt",
        MediaType = DocumentTypes.Text,
    };

    [Fact]
    public async Task Pieces_that_change_places_or_are_missing_are_noticed()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var one = (await AddAsync(host, person.Id, SampleFiles.Large(150_000))).Require();
        var two = (await AddAsync(host, person.Id, SampleFiles.Large(150_000))).Require();
        var three = (await AddAsync(host, person.Id, SampleFiles.Large(150_000))).Require();
        await SwapAsync(host, one.Id, 0, 1);
        await using (var db = await ContextAsync(host))
        {
            // The last piece is gone, and the row says so too.
            await db
                .DocumentPieces.Where(p => p.DocumentId == two.Id.Value && p.Number == 2)
                .ExecuteDeleteAsync(Cancellation);
            await db
                .Documents.Where(d => d.Id == two.Id.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Pieces, 2), Cancellation);
        }

        await Assert.ThrowsAsync<ProtectionException>(() => ReadAsync(host, person.Id, one.Id));
        await Assert.ThrowsAsync<ProtectionException>(() => ReadAsync(host, person.Id, two.Id));
        Assert.Equal(150_000, (await ReadAsync(host, person.Id, three.Id)).Length);
    }

    [Fact]
    public async Task A_document_removed_while_it_is_read_ends_in_an_error_and_not_short()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(host, person.Id, SampleFiles.Large(1_000_000))).Require();
        await using var opened = (
            await Documents(host).OpenAsync(person.Id, added.Id, PortCallers.Registrar, Cancellation)
        ).Require();
        Assert.True(await opened.Content.ReadAsync(new byte[100], Cancellation) > 0);

        (await Documents(host).RemoveAsync(person.Id, added.Id, "gone", PortCallers.Registrar, Cancellation)).Require();

        using var rest = new MemoryStream();
        await Assert.ThrowsAsync<IOException>(() => opened.Content.CopyToAsync(rest, Cancellation));
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("document_pieces")}"));
    }

    [Fact]
    public async Task The_change_log_keeps_that_a_document_came_and_went()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(host, person.Id, SampleFiles.Text())).Require();
        (await Documents(host).RemoveAsync(person.Id, added.Id, "gone", PortCallers.Registrar, Cancellation)).Require();

        await using var db = await ContextAsync(host);
        var entries = await db
            .Changes.AsNoTracking()
            .Where(c => c.RegistrantId == person.Id.Value)
            .OrderBy(c => c.Sequence)
            .ToListAsync(Cancellation);
        Assert.Equal(["created", "document_added", "document_removed"], entries.Select(e => e.Operation));
        Assert.All(entries.Skip(1), e => Assert.Contains(added.Id.ToString(), e.Fields, StringComparison.Ordinal));
        Assert.DoesNotContain(entries, e => e.Fields.Contains("letter", StringComparison.Ordinal));
        Assert.Null(ChangeChain.FirstBroken(entries, (3, entries[^1].Hash)));
    }

    [Fact]
    public async Task The_deployment_bounds_size_and_number()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["Registry:Documents:MaxBytes"] = "2000",
                ["Registry:Documents:MaxPerRecord"] = "2",
            }
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());

        Assert.Equal("documents.too_large", (await AddAsync(host, person.Id, SampleFiles.Large(2_001))).Problem?.Code);
        var added = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => AddAsync(host, person.Id, SampleFiles.Large(2_000))))
        );
        Assert.Equal(2, added.Count(a => a.Succeeded));
        Assert.All(added.Where(a => !a.Succeeded), a => Assert.Equal("documents.too_many", a.Problem?.Code));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());

        await Assert.ThrowsAsync<IOException>(() =>
            Documents(host).AddAsync(person.Id, Letter, new Broken(), PortCallers.Registrar, Cancellation)
        );

        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("documents")}"));
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("document_pieces")}"));
        Assert.Equal(1, await CountAsync(host, $"select count(*) from {Table("changes")}"));
    }

    [Fact]
    public async Task Uploads_beyond_the_places_are_told_to_come_back()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Documents:MaxUploads"] = "1" }
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var slow = new Waiting();
        var first = Documents(host).AddAsync(person.Id, Letter, slow, PortCallers.Registrar, Cancellation);
        await slow.Begun.Task;

        var second = await AddAsync(host, person.Id, SampleFiles.Text());
        slow.Go.SetResult();

        Assert.Equal(ProblemKind.TooMany, second.Problem?.Kind);
        Assert.True((await first).Succeeded);
        Assert.True((await AddAsync(host, person.Id, SampleFiles.Text())).Succeeded);
    }

    private static IDocuments Documents(RegistryHost host) => host.Services.GetRequiredService<IDocuments>();

    private static async Task<Outcome<DocumentView>> AddAsync(RegistryHost host, RegistrantId id, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await Documents(host).AddAsync(id, Letter, content, PortCallers.Registrar, Cancellation);
    }

    private static async Task<byte[]> ReadAsync(RegistryHost host, RegistrantId id, DocumentId document)
    {
        await using var opened = (
            await Documents(host).OpenAsync(id, document, PortCallers.Registrar, Cancellation)
        ).Require();
        using var whole = new MemoryStream();
        await opened.Content.CopyToAsync(whole, Cancellation);
        return whole.ToArray();
    }

    private static async Task SwapAsync(RegistryHost host, DocumentId document, int one, int two)
    {
        await using var db = await ContextAsync(host);
        var pieces = await db.DocumentPieces.Where(p => p.DocumentId == document.Value).ToListAsync(Cancellation);
        var (first, second) = (pieces.Single(p => p.Number == one), pieces.Single(p => p.Number == two));
        var (tail, other) = (first.Tail, second.Tail);
        db.Entry(first).Property(p => p.Tail).CurrentValue = other;
        db.Entry(second).Property(p => p.Tail).CurrentValue = tail;
        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>A connection that ends after some bytes.</summary>
    private sealed class Broken : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (reads++ > 0)
            {
                throw new IOException("The connection ended.");
            }

            buffer.Span[..10].Fill((byte)'a');
            return ValueTask.FromResult(10);
        }
    }

    /// <summary>A sender that takes its time.</summary>
    private sealed class Waiting : MemoryStream
    {
        private int reads;

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Go { get; } = new();

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (reads++ > 0)
            {
                return 0;
            }

            Begun.SetResult();
            await Go.Task;
            buffer.Span[0] = (byte)'a';
            return 1;
        }
    }
}

public sealed class SqliteDocumentStorageTests() : DocumentStorageTests(DatabaseProvider.Sqlite);

public sealed class PostgresDocumentStorageTests() : DocumentStorageTests(DatabaseProvider.Postgres);
