using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Registrants;

public sealed class SqliteMergedRecordTests() : MergedRecordTests(DatabaseProvider.Sqlite);

public sealed class PostgresMergedRecordTests() : MergedRecordTests(DatabaseProvider.Postgres);

/// <summary>A record that was merged into another, set so beside the ports.</summary>
public abstract class MergedRecordTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task A_merged_record_is_found_no_more_and_changes_no_more()
    {
        await using var host = await StartAsync();
        var uin = Persons.NewUin();
        var person = await host.Registrants.StoreAsync(Persons.Amira(uin));
        await ExecuteAsync(host, $"update {Table("registrants")} set status = 'merged'");

        var found = await host.Registrants.FindAsync([uin], ReadOptions.Default, PortCallers.Registrar, Cancellation);
        var read = await ReadAsync(host, person.Id);
        var patched = await PatchAsync(host, person.Id, 1, """{"surname":"Okiru"}""");
        var status = await host.Registrants.ChangeStatusAsync(
            person.Id,
            new StatusChange
            {
                ExpectedVersion = 1,
                Status = RegistrantStatuses.Active,
                Reason = "back",
            },
            PortCallers.Registrar,
            Cancellation
        );
        var archived = await host.Registrants.ArchiveAsync(person.Id, 1, "gone", PortCallers.Registrar, Cancellation);
        var attested = await host.Attestations.AttestAsync(
            person.Id,
            "given_name",
            new AttestationStatement { Status = AttestationStatuses.Attested },
            PortCallers.Registrar,
            Cancellation
        );
        var imported = await host.Registrants.ImportAsync(
            [
                new ImportRow
                {
                    Kind = RegistrantKinds.Individual,
                    Values = Persons.Values("""{"given_name":"Amira"}"""),
                    Identifiers = [uin],
                },
            ],
            false,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Null(found.Require()[0]);
        Assert.Equal("merged", read.Require().Status);
        Assert.Equal("registrants.merged", patched.Problem?.Code);
        Assert.Equal("registrants.merged", status.Problem?.Code);
        Assert.Equal("registrants.merged", archived.Problem?.Code);
        Assert.Equal("registrants.merged", attested.Problem?.Code);
        Assert.Equal("registrants.identifier_taken", imported.Require()[0].Problem?.Code);
        Assert.Equal(1, await CountAsync(host, $"select count(*) from {Table("versions")}"));
    }

    [Fact]
    public async Task Period_and_issuer_of_an_identifier_stand_nowhere_in_clear()
    {
        await using var host = await StartAsync();
        await host.Registrants.StoreAsync(
            Persons.Amira() with
            {
                Identifiers =
                [
                    Persons.NewUin() with
                    {
                        ExpiresOn = new DateOnly(2031, 7, 17),
                        Issuer = "Office of Vessby",
                    },
                ],
            }
        );

        foreach (var table in (string[])["registrants", "versions", "changes"])
        {
            foreach (var cell in await CellsAsync(host, Table(table)))
            {
                Assert.DoesNotContain("Vessby", cell, StringComparison.Ordinal);
                Assert.DoesNotContain("2031-07-17", cell, StringComparison.Ordinal);
            }
        }
    }
}
