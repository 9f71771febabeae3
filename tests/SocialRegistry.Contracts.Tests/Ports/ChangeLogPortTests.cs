using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IChangeLog</c>. Proofs are checked with <see cref="LogMath"/>, which knows nothing of the registry.</summary>
public abstract class ChangeLogPortTests : PortTests
{
    private static readonly Caller Auditor = PortCallers.Staff("auditor", Permissions.ReadLog);

    private IChangeLog Log => Ports.Log;

    [Fact]
    public async Task Every_entry_of_a_record_is_proven_to_be_in_the_signed_tree()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        for (var version = 1; version <= 5; version++)
        {
            await PatchAsync(person.Id, version);
        }

        var newest = await SealedAsync(person.Id, 6);
        for (var sequence = 1; sequence <= 6; sequence++)
        {
            var proof = (await Log.ProveEntryAsync(person.Id, sequence, null, Auditor, Cancellation)).Require();

            Assert.Equal(("change", person.Id.Value, sequence), (proof.Leaf.Kind, proof.Leaf.Owner, proof.Leaf.Number));
            Assert.Equal(person.Id.Value, new Guid(Bytes(proof.Leaf.Data).AsSpan(1, 16), bigEndian: true));
            Assert.Equal(LogMath.Leaf(Bytes(proof.Leaf.Data)), Bytes(proof.Leaf.Hash));
            Assert.True(Includes(proof));
            Assert.False(Includes(proof with { Root = Convert.ToBase64String(new byte[32]) }));
        }

        var signed = LogMath.Read(newest.Note);
        Assert.Equal((newest.Size, newest.Root), (signed.Size, Convert.ToBase64String(signed.Root)));
        Assert.EndsWith("/log", signed.Origin, StringComparison.Ordinal);
        var keys = (await Log.KeysAsync(Auditor, Cancellation)).Require();
        var (named, own) = LogMath.KeyIds(newest.Note, keys[0]);
        Assert.Equal(own, named);
        Assert.Equal(1, Convert.FromBase64String(keys[0].Split('+', 3)[2])[0]);
    }

    [Fact]
    public async Task Every_size_continues_every_smaller_one()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        for (var version = 1; version <= 18; version++)
        {
            await PatchAsync(person.Id, version);
        }

        var newest = await SealedAsync(person.Id, 19);
        for (var to = Math.Max(1, newest.Size - 20); to <= newest.Size; to++)
        {
            for (var from = Math.Max(1, to - 20); from <= to; from++)
            {
                var proof = (await Log.ProveConsistencyAsync(from, to, Auditor, Cancellation)).Require();
                Assert.Equal((from, to), (proof.From, proof.To));
                Assert.True(
                    LogMath.Continues(
                        from,
                        Bytes(proof.FromRoot),
                        to,
                        Bytes(proof.ToRoot),
                        [.. proof.Hashes.Select(Bytes)]
                    ),
                    $"{from} to {to}"
                );
            }

            var leaf = (await Log.ProveLeafAsync(to - 1, to, Auditor, Cancellation)).Require();
            Assert.True(Includes(leaf), $"leaf {to - 1}");
        }
    }

    [Fact]
    public async Task Checkpoints_are_listed_newest_first_and_each_continues_the_one_before()
    {
        for (var i = 0; i < 3; i++)
        {
            var person = await Registrants.StoreAsync(Persons.Amira());
            await SealedAsync(person.Id, 1);
        }

        var all = new List<LogCheckpointView>();
        string? after = null;
        do
        {
            var page = (await Log.CheckpointsAsync(new PageRequest(2, after), Auditor, Cancellation)).Require();
            Assert.InRange(page.Items.Count, 1, 2);
            all.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        Assert.True(all.Count >= 3);
        Assert.Equal(all.Select(c => c.Size).OrderDescending(), all.Select(c => c.Size));
        Assert.Equal(all[0].Note, (await Log.LatestAsync(Auditor, Cancellation)).Require().Note);
        foreach (var (newer, older) in all.Zip(all.Skip(1)).Take(5))
        {
            var proof = (await Log.ProveConsistencyAsync(older.Size, newer.Size, Auditor, Cancellation)).Require();
            Assert.Equal((older.Root, newer.Root), (proof.FromRoot, proof.ToRoot));
        }
    }

    [Fact]
    public async Task The_export_holds_every_leaf_in_order_and_no_value()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var newest = await SealedAsync(person.Id, 1);
        var lines = new List<string>();
        string? after = null;
        do
        {
            var page = (await Log.EntriesAsync(new PageRequest(7, after), Auditor, Cancellation)).Require();
            lines.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        var header = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("social-registry-log-1", header.GetProperty("format").GetString());
        var leaves = lines
            .Select(l => JsonDocument.Parse(l).RootElement)
            .Where(l => l.TryGetProperty("index", out _))
            .ToList();
        Assert.True(leaves.Count >= newest.Size);
        Assert.Equal(Enumerable.Range(0, leaves.Count), leaves.Select(l => (int)l.GetProperty("index").GetInt64()));
        Assert.Contains(
            leaves,
            l => l.GetProperty("owner").GetGuid() == person.Id.Value && l.TryGetProperty("change", out _)
        );
        Assert.Contains(lines, l => l.StartsWith("{\"checkpoint\":", StringComparison.Ordinal));
        Assert.DoesNotContain("Amira", string.Concat(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("1984-03-02", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_in_the_log_is_refused()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var newest = await SealedAsync(person.Id, 1);
        var beyond = newest.Size + 1_000_000;

        Assert.Equal("log.not_sealed", (await EntryAsync(person.Id, 2)).Problem?.Code);
        Assert.Equal("log.not_sealed", (await EntryAsync(person.Id, -1)).Problem?.Code);
        Assert.Equal("log.no_leaf", (await Log.ProveLeafAsync(beyond, null, Auditor, Cancellation)).Problem?.Code);
        Assert.Equal("log.no_leaf", (await Log.ProveLeafAsync(1, 1, Auditor, Cancellation)).Problem?.Code);
        Assert.Equal("log.size", (await Log.ProveLeafAsync(0, beyond, Auditor, Cancellation)).Problem?.Code);
        Assert.Equal("log.size", (await Log.ProveLeafAsync(0, 0, Auditor, Cancellation)).Problem?.Code);
        Assert.Equal("log.size", (await ConsistencyAsync(0, null)).Problem?.Code);
        Assert.Equal("log.size", (await ConsistencyAsync(1, beyond)).Problem?.Code);
        Assert.Equal("log.order", (await ConsistencyAsync(2, 1)).Problem?.Code);
        foreach (
            var page in (PageRequest[])
                [new(0), new(501), new(10, "yesterday"), new(10, "-1"), new(10, "99999999999999999999")]
        )
        {
            Assert.Equal("paging.invalid", (await Log.CheckpointsAsync(page, Auditor, Cancellation)).Problem?.Code);
            Assert.Equal("paging.invalid", (await Log.EntriesAsync(page, Auditor, Cancellation)).Problem?.Code);
        }
    }

    [Fact]
    public async Task The_log_is_for_who_may_read_it_and_know_of_every_record()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        await SealedAsync(person.Id, 1);
        var held = Auditor with { Rows = new RowScope { Areas = new HashSet<string> { "S-01" } } };
        var herself = PortCallers.Person(person.Id) with { Permissions = Permissions.All };
        foreach (
            var (caller, code) in new[]
            {
                (PortCallers.Staff("reader", Permissions.ReadVersions), "access.permission_missing"),
                (held, "log.rows"),
                (herself, "log.rows"),
            }
        )
        {
            Problem?[] problems =
            [
                (await Log.LatestAsync(caller, Cancellation)).Problem,
                (await Log.CheckpointsAsync(new PageRequest(), caller, Cancellation)).Problem,
                (await Log.KeysAsync(caller, Cancellation)).Problem,
                (await Log.ProveLeafAsync(0, null, caller, Cancellation)).Problem,
                (await Log.ProveEntryAsync(person.Id, 1, null, caller, Cancellation)).Problem,
                (await Log.ProveConsistencyAsync(1, null, caller, Cancellation)).Problem,
                (await Log.EntriesAsync(new PageRequest(), caller, Cancellation)).Problem,
            ];
            Assert.All(problems, p => Assert.Equal(ProblemKind.Forbidden, p?.Kind));
            if (code == "log.rows")
            {
                Assert.All(problems, p => Assert.Equal(code, p?.Code));
            }
        }
    }

    private static bool Includes(InclusionProof proof) =>
        LogMath.Includes(
            Bytes(proof.Leaf.Hash),
            proof.Leaf.Index,
            proof.Size,
            [.. proof.Hashes.Select(Bytes)],
            Bytes(proof.Root)
        );

    private static byte[] Bytes(string text) => Convert.FromBase64String(text);

    private Task<Outcome<InclusionProof>> EntryAsync(RegistrantId id, long sequence) =>
        Log.ProveEntryAsync(id, sequence, null, Auditor, Cancellation);

    private Task<Outcome<ConsistencyProof>> ConsistencyAsync(long from, long? to) =>
        Log.ProveConsistencyAsync(from, to, Auditor, Cancellation);

    /// <summary>Moves the clock until the entry is sealed.</summary>
    private async Task<LogCheckpointView> SealedAsync(RegistrantId id, long sequence)
    {
        for (var i = 0; i < 200; i++)
        {
            Ports.Clock.Advance(TimeSpan.FromSeconds(2));
            if ((await EntryAsync(id, sequence)).Succeeded)
            {
                return (await Log.LatestAsync(Auditor, Cancellation)).Require();
            }

            await Task.Delay(50, Cancellation);
        }

        throw new InvalidOperationException("The entry was not sealed within ten seconds.");
    }

    private async Task PatchAsync(RegistrantId id, long version) =>
        (
            await Registrants.UpdateAsync(
                id,
                new RegistrantPatch
                {
                    ExpectedVersion = version,
                    Values = Persons.Values($$"""{"area":"A{{version}}"}"""),
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
