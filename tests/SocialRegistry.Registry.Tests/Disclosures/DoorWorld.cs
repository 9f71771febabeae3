using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Disclosures;

/// <summary>A person with everything that a door can show: a household, a spouse, parents, a friend, a document, a consent.</summary>
internal sealed record DoorWorld(RegistryHost Host)
{
    public RegistrantId Person { get; private set; }

    public Identifier Uin { get; } = Persons.NewUin();

    public RegistrantId Spouse { get; private set; }

    /// <summary>Related to nobody.</summary>
    public RegistrantId Stranger { get; private set; }

    public RegistrantId Group { get; private set; }

    public RegistrantId Other { get; private set; }

    public DocumentId Document { get; private set; }

    public Guid Consent { get; private set; }

    public Guid Relation { get; private set; }

    public Guid Couple { get; private set; }

    public ChangeRequestId ChangeRequest { get; private set; }

    public string NamedVersion => "survey-1";

    public string Friend { get; private set; } = "";

    public IRegistrants Registrants => Host.Registrants;

    public IGroups Groups => Host.Groups;

    public IAttestations Attestations => Host.Attestations;

    public IVersions Versions => Host.Versions;

    public IDocuments Documents => Host.Services.GetRequiredService<IDocuments>();

    public IConsents Consents => Host.Services.GetRequiredService<IConsents>();

    public IPersonalData PersonalData => Host.Services.GetRequiredService<IPersonalData>();

    public IBreakGlass Glass => Host.Services.GetRequiredService<IBreakGlass>();

    public IAlerts Alerts => Host.Services.GetRequiredService<IAlerts>();

    /// <summary>A reading past her rights, which somebody has to look at.</summary>
    public AlertId Alert { get; private set; }

    public INamedVersions NamedVersions => Host.Services.GetRequiredService<INamedVersions>();

    public IChangeRequests ChangeRequests => Host.Services.GetRequiredService<IChangeRequests>();

    public IIdentifierPool Numbers => Host.Services.GetRequiredService<IIdentifierPool>();

    public IRelationships Relationships => Host.Services.GetRequiredService<IRelationships>();

    public Query OfPerson => new IdentifierQuery(Uin);

    public static GroupCommand DryRun { get; } = new() { DryRun = true };

    public static async Task<DoorWorld> MakeAsync(RegistryHost host)
    {
        var world = new DoorWorld(host);
        await world.FillAsync(TestContext.Current.CancellationToken);
        return world;
    }

    public PersonReference Me => PersonReference.Of(Person);

    /// <summary>Asked beside the ports, so that it works when they show nothing.</summary>
    public async Task<long> VersionAsync(RegistrantId id)
    {
        await using var db = await CoreTests.ContextAsync(Host);
        return await db.Registrants.Where(r => r.Id == id.Value).Select(r => r.Version).SingleAsync();
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        var all = PortCallers.Registrar;
        Person = (await Registrants.StoreAsync(Persons.Amira(Uin))).Id;
        Spouse = (await Registrants.StoreAsync(Persons.Amira())).Id;
        Stranger = (await Registrants.StoreAsync(Persons.Amira())).Id;
        Group = (await Registrants.StoreAsync(Persons.Household())).Id;
        Other = (await Registrants.StoreAsync(Persons.Household())).Id;
        async Task JoinAsync(RegistrantId member, params string[] kinds) =>
            (
                await Groups.AddMemberAsync(
                    new MembershipView
                    {
                        GroupId = Group,
                        MemberId = member,
                        Kinds = kinds,
                    },
                    all,
                    cancellation
                )
            ).Require();
        await JoinAsync(Person, "head");
        await JoinAsync(Spouse);
        Couple = (
            await Relationships.SetSpousesAsync(
                new SpouseChange { Person1 = Me, Person2 = PersonReference.Of(Spouse) },
                all,
                cancellation
            )
        )
            .Require()
            .Id;
        (
            await Relationships.SetParentsAsync(Person, new ParentsChange { IsAdopted = true }, all, cancellation)
        ).Require();
        var friend = RelationTypesPortTests.New(symmetric: true);
        (await Host.Services.GetRequiredService<IRelationTypes>().SaveAsync(friend, all, cancellation)).Require();
        Friend = friend.Code;
        Relation = (
            await Relationships.AddRelationAsync(
                Person,
                new NewRelation { Type = Friend, To = PersonReference.Of(Spouse) },
                all,
                cancellation
            )
        )
            .Require()
            .Id;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("a letter"));
        Document = (
            await Documents.AddAsync(
                Person,
                new NewDocument
                {
                    Kind = "letter",
                    FileName = "letter.txt",
                    MediaType = DocumentTypes.Text,
                },
                content,
                all,
                cancellation
            )
        ).Require().Id;
        (
            await NamedVersions.CreateAsync(
                new NewNamedVersion { Name = NamedVersion, Kind = NamedVersionKinds.Survey },
                all,
                cancellation
            )
        ).Require();
        (await NamedVersions.JoinAsync(NamedVersion, Person, null, all, cancellation)).Require();
        ChangeRequest = (
            await ChangeRequests.CreateAsync(
                new NewChangeRequest
                {
                    Type = ChangeRequestTypes.EditFields,
                    Subject = Person,
                    Payload = JsonDocument.Parse("""{"values":{"given_name":"Amara"}}""").RootElement,
                    Reason = "spelling",
                },
                all,
                cancellation
            )
        ).Require().Id;
        var glass = new GlassBreak { Reason = "emergency" };
        (await Glass.OpenAsync(Person, glass, BreakGlassPortTests.Reader(), cancellation)).Require();
        Alert = (await ListAlertsAsync()).Require().Items[0].Id;
        Consent = (await Consents.GiveAsync(Person, ConsentsPortTests.Terms(), all, cancellation)).Require().Id;
    }

    public Task<Outcome<Page<AlertView>>> ListAlertsAsync() =>
        Alerts.ListAsync(
            AlertFilter.None,
            new PageRequest(),
            PortCallers.Registrar,
            TestContext.Current.CancellationToken
        );

    public Task<Outcome<AlertView>> ReviewAlertAsync() =>
        Alerts.ReviewAsync(
            Alert,
            new AlertReview { Note = "confirmed" },
            PortCallers.Registrar,
            TestContext.Current.CancellationToken
        );
}
