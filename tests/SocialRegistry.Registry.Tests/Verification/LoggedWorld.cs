using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Sealing;
using SocialRegistry.Registry.Verification;
using SocialRegistry.Testing;

namespace SocialRegistry.Registry.Tests.Verification;

/// <summary>A registry with something in every table that the log covers.</summary>
internal static class LoggedWorld
{
    /// <summary>At which version the person stands.</summary>
    public const long Version = 12;

    private static readonly Caller Auditor = PortCallers.Staff("auditor", Permissions.ReadLog);

    public static async Task<RegistrantId> FillAsync(RegistryHost host, CancellationToken cancellationToken)
    {
        var person = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        var other = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        var group = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        for (var version = 1; version <= 8; version++)
        {
            await PatchAsync(host, person, version, $$"""{"area":"A{{version}}","given_name":"Mira {{version}}"}""");
        }

        using var content = new MemoryStream(SampleFiles.Text());
        var letter = new NewDocument
        {
            Kind = "letter",
            FileName = "letter.txt",
            MediaType = "text/plain",
        };
        var documents = host.Services.GetRequiredService<IDocuments>();
        var document = (
            await documents.AddAsync(person, letter, content, PortCallers.Registrar, cancellationToken)
        ).Require();
        var states = (await host.Attestations.ListAsync(person, PortCallers.Registrar, cancellationToken)).Require();
        foreach (var field in (string[])["area", "surname"])
        {
            var statement = new AttestationStatement
            {
                Status = "ATTESTED",
                Comments = "seen",
                Evidence = "paper",
                Method = "desk",
                ValidUntil = new DateOnly(2030, 1, 1),
                ValueHash = states.Single(s => s.Field == field).ValueHash,
                Document = document.Id,
                Signature = new StatementSignature("thumbprint", new byte[StatementSignature.DigestSize]),
            };
            (
                await host.Attestations.AttestAsync(person, field, statement, PortCallers.Registrar, cancellationToken)
            ).Require();
        }

        // One of the two falls back to NEW.
        await PatchAsync(host, person, 9, """{"area":"S-01"}""");
        var membership = new MembershipView
        {
            GroupId = group,
            MemberId = person,
            Kinds = ["head"],
        };
        (await host.Groups.AddMemberAsync(membership, PortCallers.Registrar, cancellationToken)).Require();
        await RelateAsync(host, person, other, cancellationToken);
        await NameAsync(host, person, other, cancellationToken);
        await RequestAsync(host, person, cancellationToken);
        await ConsentAsync(host, person, cancellationToken);
        var partner = PortCallers.Partner("cash", ["surname", "birth_date"], []);
        (await host.Registrants.GetAsync(person, ReadOptions.Default, partner, cancellationToken)).Require();
        return person;
    }

    /// <summary>A consent that stands until a day, and one that was taken back.</summary>
    private static async Task ConsentAsync(RegistryHost host, RegistrantId person, CancellationToken cancellationToken)
    {
        var consents = host.Services.GetRequiredService<IConsents>();
        var terms = ConsentsPortTests.Terms() with { ValidUntil = host.Clock.GetUtcNow().AddDays(90) };
        (await consents.GiveAsync(person, terms, PortCallers.Registrar, cancellationToken)).Require();
        var gone = (await consents.GiveAsync(person, terms, PortCallers.Registrar, cancellationToken)).Require();
        (await consents.WithdrawAsync(person, gone.Id, PortCallers.Registrar, cancellationToken)).Require();
    }

    /// <summary>Asks for the erasure of one record and carries out that of another. Needs <c>Registry:Erasures:Allowed</c>.</summary>
    public static async Task EraseAsync(
        RegistryHost host,
        RegistrantId waits,
        RegistrantId goes,
        CancellationToken cancellationToken
    )
    {
        var erasures = host.Services.GetRequiredService<IErasures>();
        var why = new NewErasure { Ground = "act-7", Reason = "asked for" };
        (await erasures.RequestAsync(waits, why, PortCallers.Registrar, cancellationToken)).Require();
        (await erasures.RequestAsync(goes, why, PortCallers.Registrar, cancellationToken)).Require();
        var second = PortCallers.Registrar with { Id = "second" };
        (await erasures.ConfirmAsync(goes, second, cancellationToken)).Require();
    }

    /// <summary>With a tree of areas there, values must be codes of it.</summary>
    public static async Task AreaAsync(RegistryHost host, CancellationToken cancellationToken)
    {
        var name = new Dictionary<string, string> { ["eng"] = "North" };
        var area = new NewArea
        {
            Code = "LOG-1",
            Level = 1,
            Names = name,
            Boundary = Persons.Json("""{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]]]}"""),
        };
        (await host.Areas.CreateAsync(area, PortCallers.Registrar, cancellationToken)).Require();
        var below = area with
        {
            Code = "LOG-1-1",
            Level = 2,
            Parent = "LOG-1",
            Boundary = null,
            Point = new AreaPoint(1.5, 2.5),
            ValidFrom = new DateOnly(2020, 1, 1),
        };
        (await host.Areas.CreateAsync(below, PortCallers.Registrar, cancellationToken)).Require();
    }

    /// <summary>A reading past somebody's rights, and what came of looking at it.</summary>
    public static async Task AlertAsync(RegistryHost host, RegistrantId person, CancellationToken cancellationToken)
    {
        var glass = host.Services.GetRequiredService<IBreakGlass>();
        var alerts = host.Services.GetRequiredService<IAlerts>();
        var request = new GlassBreak { Reason = "emergency", Fields = ["surname"] };
        (await glass.OpenAsync(person, request, BreakGlassPortTests.Reader(), cancellationToken)).Require();
        var raised = await alerts.ListAsync(
            AlertFilter.None,
            new PageRequest(),
            PortCallers.Registrar,
            cancellationToken
        );
        var review = new AlertReview { Note = "confirmed" };
        (
            await alerts.ReviewAsync(raised.Require().Items[0].Id, review, PortCallers.Registrar, cancellationToken)
        ).Require();
    }

    public static async Task PatchAsync(RegistryHost host, RegistrantId id, long version, string values) =>
        (
            await host.Registrants.UpdateAsync(
                id,
                new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
                PortCallers.Registrar,
                CancellationToken.None
            )
        ).Require();

    public static Task<int> SealAsync(RegistryHost host) =>
        host.Services.GetRequiredService<LogSealer>().SealAsync(CancellationToken.None);

    public static Task<LogReport> VerifyAsync(RegistryHost host, string? checkpoint = null) =>
        host
            .Services.GetRequiredService<LogVerification>()
            .VerifyAsync(new LogQuestion { Checkpoint = checkpoint }, null, CancellationToken.None);

    public static string Text(this LogReport report) =>
        string.Join('\n', report.Findings.Select(f => $"{f.Code} {f.Entry}: {f.Detail}"));

    public static async Task<string> CheckpointAsync(RegistryHost host) =>
        (await Log(host).LatestAsync(Auditor, CancellationToken.None)).Require().Note;

    public static async Task<string> KeyAsync(RegistryHost host) =>
        (await Log(host).KeysAsync(Auditor, CancellationToken.None)).Require()[0];

    /// <summary>The lines of the export.</summary>
    public static async Task<List<string>> ExportAsync(RegistryHost host)
    {
        var lines = new List<string>();
        string? after = null;
        do
        {
            var asked = new PageRequest(50, after);
            var page = (await Log(host).EntriesAsync(asked, Auditor, CancellationToken.None)).Require();
            lines.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        return lines;
    }

    public static Task<LogReport> VerifyFileAsync(IEnumerable<string> lines, string key, string? checkpoint = null) =>
        LogVerification.VerifyFileAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")))),
            new LogQuestion { Keys = [key], Checkpoint = checkpoint },
            null,
            CancellationToken.None
        );

    /// <summary>A named version that is closed, with one record that joined with a change and one that joined twice without.</summary>
    private static async Task NameAsync(
        RegistryHost host,
        RegistrantId changed,
        RegistrantId other,
        CancellationToken cancellationToken
    )
    {
        var versions = host.Services.GetRequiredService<INamedVersions>();
        foreach (var name in (string[])["round-a", "round-b"])
        {
            var version = new NewNamedVersion
            {
                Name = name,
                Kind = NamedVersionKinds.Survey,
                Source = "office",
                PeriodFrom = new DateOnly(2026, 1, 1),
                PeriodTo = new DateOnly(2026, 2, 1),
            };
            (await versions.CreateAsync(version, PortCallers.Registrar, cancellationToken)).Require();
            (await versions.JoinAsync(name, other, null, PortCallers.Registrar, cancellationToken)).Require();
        }

        (await versions.JoinAsync("round-b", other, 1, PortCallers.Registrar, cancellationToken)).Require();
        (
            await host.Registrants.UpdateAsync(
                changed,
                new RegistrantPatch
                {
                    ExpectedVersion = 10,
                    Values = Persons.Values("""{"area":"S-02"}"""),
                    NamedVersion = "round-a",
                },
                PortCallers.Registrar,
                cancellationToken
            )
        ).Require();
        (await versions.CloseAsync("round-a", PortCallers.Registrar, cancellationToken)).Require();
    }

    /// <summary>One that waits and one that was agreed to.</summary>
    private static async Task RequestAsync(RegistryHost host, RegistrantId person, CancellationToken cancellationToken)
    {
        var requests = host.Services.GetRequiredService<IChangeRequests>();
        foreach (var name in (string[])["Asked", "Waits"])
        {
            var made = (
                await requests.CreateAsync(
                    new NewChangeRequest
                    {
                        Type = ChangeRequestTypes.EditFields,
                        Subject = person,
                        Payload = Persons.Json($$$"""{"values":{"given_name":"{{{name}}}"}}"""),
                        Reason = "told at the desk",
                        Submit = name == "Asked",
                    },
                    PortCallers.Staff("maker", [.. Permissions.All]),
                    cancellationToken
                )
            ).Require();
            if (name == "Asked")
            {
                (
                    await requests.ActAsync(
                        made.Id,
                        new ChangeRequestStep { Action = ChangeRequestActions.Approve, Comment = "as in the letter" },
                        PortCallers.Registrar,
                        cancellationToken
                    )
                ).Require();
            }
        }
    }

    private static IChangeLog Log(RegistryHost host) => host.Services.GetRequiredService<IChangeLog>();

    private static async Task RelateAsync(
        RegistryHost host,
        RegistrantId person,
        RegistrantId other,
        CancellationToken cancellationToken
    )
    {
        var relationships = host.Services.GetRequiredService<IRelationships>();
        var types = host.Services.GetRequiredService<IRelationTypes>();
        var type = (
            await types.SaveAsync(RelationTypesPortTests.New(), PortCallers.Registrar, cancellationToken)
        ).Require();
        var reference = PersonReference.Of(other);
        var parents = new ParentsChange { Guardian = reference };
        var couple = new SpouseChange { Person1 = PersonReference.Of(person), Person2 = reference };
        var relation = new NewRelation { Type = type.Code, To = reference };
        (await relationships.SetParentsAsync(person, parents, PortCallers.Registrar, cancellationToken)).Require();
        (await relationships.SetSpousesAsync(couple, PortCallers.Registrar, cancellationToken)).Require();
        (await relationships.AddRelationAsync(person, relation, PortCallers.Registrar, cancellationToken)).Require();
    }
}
