using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using Xunit;

namespace SocialRegistry.Registry.Tests.Disclosures;

public abstract partial class DoorTests
{
    private static Caller All => PortCallers.Registrar;

    /// <summary>Calls that show something of the person of <see cref="DoorWorld"/>.</summary>
    private static readonly Dictionary<string, Func<DoorWorld, Task>> Doors = new()
    {
        ["IRegistrants.Get"] = w => Must(w.Registrants.GetAsync(w.Person, ReadOptions.Default, All, Cancellation)),
        ["IRegistrants.Find"] = w => Must(w.Registrants.FindAsync([w.Uin], ReadOptions.Default, All, Cancellation)),
        ["IRegistrants.GetMany"] = w =>
            Must(w.Registrants.GetManyAsync([w.Person], ReadOptions.Default, All, Cancellation)),
        ["IRegistrants.Search"] = w =>
            Must(w.Registrants.SearchAsync(new SearchRequest { Query = w.OfPerson }, All, Cancellation)),
        ["IRegistrants.Update"] = async w =>
            await Must(
                w.Registrants.UpdateAsync(
                    w.Person,
                    new RegistrantPatch
                    {
                        ExpectedVersion = await w.VersionAsync(w.Person),
                        Values = Persons.Values("""{"surname":"Vinter"}"""),
                    },
                    All,
                    Cancellation
                )
            ),
        ["IRegistrants.ChangeStatus"] = async w =>
            await Must(
                w.Registrants.ChangeStatusAsync(
                    w.Person,
                    new StatusChange
                    {
                        ExpectedVersion = await w.VersionAsync(w.Person),
                        Status = RegistrantStatuses.Inactive,
                        Reason = "moved away",
                        DryRun = true,
                    },
                    All,
                    Cancellation
                )
            ),
        // What she has sent is no showing to her; a number that the registry makes is.
        ["IRegistrants.Create"] = w =>
            Must(w.Registrants.CreateAsync(Persons.Amira() with { Generate = ["SRN"] }, All, Cancellation)),
        ["IGroups.Memberships"] = w =>
            Must(w.Groups.MembershipsAsync(w.Group, new MembershipQuery(), new PageRequest(), All, Cancellation)),
        ["IGroups.EndMember"] = w =>
            Must(w.Groups.EndMemberAsync(w.Group, w.Spouse, new MembershipEnd(), DoorWorld.DryRun, All, Cancellation)),
        ["IGroups.ChangeMembers"] = w =>
            Must(
                w.Groups.ChangeMembersAsync(
                    w.Group,
                    new MembersChange { End = [new MemberEnd { Member = w.Spouse }] },
                    DoorWorld.DryRun,
                    All,
                    Cancellation
                )
            ),
        ["IGroups.MoveMember"] = w =>
            Must(
                w.Groups.MoveMemberAsync(
                    w.Group,
                    new MemberMove
                    {
                        Member = w.Spouse,
                        ToGroup = w.Other,
                        Kinds = ["head"],
                    },
                    DoorWorld.DryRun,
                    All,
                    Cancellation
                )
            ),
        ["IGroups.Split"] = w =>
            Must(
                w.Groups.SplitAsync(
                    w.Group,
                    new GroupSplit { Members = [new MemberKinds { Member = w.Spouse }], Head = w.Spouse },
                    DoorWorld.DryRun,
                    All,
                    Cancellation
                )
            ),
        ["IGroups.Merge"] = w =>
            Must(
                w.Groups.MergeAsync(
                    w.Other,
                    new GroupMerge { Other = w.Group, Head = w.Person },
                    DoorWorld.DryRun,
                    All,
                    Cancellation
                )
            ),
        ["IGroups.ChangeHead"] = w =>
            Must(
                w.Groups.ChangeHeadAsync(
                    w.Group,
                    new HeadChange { Head = w.Spouse },
                    DoorWorld.DryRun,
                    All,
                    Cancellation
                )
            ),
        ["IGroups.Dissolve"] = w =>
            Must(w.Groups.DissolveAsync(w.Group, new GroupDissolution(), DoorWorld.DryRun, All, Cancellation)),
        ["IAttestations.List"] = w => Must(w.Attestations.ListAsync(w.Person, All, Cancellation)),
        ["IVersions.List"] = w => Must(w.Versions.ListAsync(w.Person, new PageRequest(), All, Cancellation)),
        ["IVersions.Changes"] = w =>
            Must(w.Versions.ChangesAsync(w.Person, HistoryFilter.None, new PageRequest(), All, Cancellation)),
        ["IVersions.Compare"] = w =>
            Must(
                w.Versions.CompareAsync(
                    w.Person,
                    new VersionPoint { Number = 1 },
                    new VersionPoint { Number = 1 },
                    All,
                    Cancellation
                )
            ),
        ["IVersions.Members"] = w =>
            Must(w.Versions.MembersAsync(w.Group, ReadOptions.Default, new PageRequest(), All, Cancellation)),
        ["INamedVersions.Members"] = w =>
            Must(w.NamedVersions.MembersAsync(w.NamedVersion, new PageRequest(), All, Cancellation)),
        ["IAttestations.History"] = w =>
            Must(w.Attestations.HistoryAsync(w.Person, "surname", new PageRequest(), All, Cancellation)),
        ["IAttestations.Waiting"] = w =>
            Must(w.Attestations.WaitingAsync(new WaitingFilter(), new PageRequest(), All, Cancellation)),
        ["IChangeRequests.Get"] = w => Must(w.ChangeRequests.GetAsync(w.ChangeRequest, null, All, Cancellation)),
        ["IVersions.Disclosures"] = w =>
            Must(w.Versions.DisclosuresAsync(w.Person, new PageRequest(), All, Cancellation)),
        ["IDocuments.List"] = w => Must(w.Documents.ListAsync(w.Person, All, Cancellation)),
        ["IDocuments.Open"] = async w =>
            await (await w.Documents.OpenAsync(w.Person, w.Document, All, Cancellation)).Require().DisposeAsync(),
        ["IConsents.List"] = w => Must(w.Consents.ListAsync(w.Person, All, Cancellation)),
        ["IConsents.Get"] = w => Must(w.Consents.GetAsync(w.Person, w.Consent, All, Cancellation)),
        ["IConsents.Receipt"] = w => Must(w.Consents.ReceiptAsync(w.Person, w.Consent, All, Cancellation)),
        ["IPersonalData.Report"] = w =>
            Must(w.PersonalData.ReportAsync(w.Person, new DisclosureReportQuery(), All, Cancellation)),
        ["IPersonalData.Export"] = w =>
            Must(w.PersonalData.ExportAsync(w.Person, ExportParts.Record, "eng", new PageRequest(), All, Cancellation)),
        ["IBreakGlass.Open"] = w =>
            Must(w.Glass.OpenAsync(w.Person, new GlassBreak { Reason = "emergency" }, All, Cancellation)),
        ["IAlerts.List"] = async w => Assert.NotEmpty((await w.ListAlertsAsync()).Require().Items),
        ["IAlerts.Review"] = async w => (await w.ReviewAlertAsync()).Require(),
        ["IIdentifierPool.Issue"] = async w =>
            await Must(w.Numbers.IssueAsync(w.Person, "SRN", await w.VersionAsync(w.Person), All, Cancellation)),
        ["IRelationships.SetParents"] = w =>
            Must(
                w.Relationships.SetParentsAsync(
                    w.Person,
                    new ParentsChange { IsAdopted = true, Since = new DateOnly(2000, 1, 1) },
                    All,
                    Cancellation
                )
            ),
        ["IRelationships.SetSpouses"] = w =>
            Must(
                w.Relationships.SetSpousesAsync(
                    new SpouseChange
                    {
                        Person1 = w.Me,
                        Person2 = PersonReference.Of(w.Spouse),
                        IsMarried = true,
                    },
                    All,
                    Cancellation
                )
            ),
        ["IRelationships.AddRelation"] = w =>
            Must(
                w.Relationships.AddRelationAsync(
                    w.Person,
                    new NewRelation { Type = w.Friend, To = PersonReference.Of(w.Stranger) },
                    All,
                    Cancellation
                )
            ),
        ["IRelationships.GetParents"] = w => Must(w.Relationships.GetParentsAsync(w.Person, All, Cancellation)),
        ["IRelationships.ListSpouses"] = w => Must(w.Relationships.ListSpousesAsync(w.Person, All, Cancellation)),
        ["IRelationships.ListRelations"] = w => Must(w.Relationships.ListRelationsAsync(w.Person, All, Cancellation)),
        ["IRelationships.GetSpouses"] = w => Must(w.Relationships.GetSpousesAsync(w.Couple, All, Cancellation)),
        ["IRelationships.GetRelation"] = w =>
            Must(w.Relationships.GetRelationAsync(w.Person, w.Relation, All, Cancellation)),
        ["IRelationships.FindRelatives"] = w =>
            Must(w.Relationships.FindRelativesAsync(w.Person, new RelativesQuery(), All, Cancellation)),
        ["IRelationships.EndRelation"] = w =>
            Must(
                w.Relationships.EndRelationAsync(
                    w.Person,
                    w.Relation,
                    new DateOnly(2026, 5, 1),
                    WriteConditions.None,
                    All,
                    Cancellation
                )
            ),
        ["IRelationships.Find"] = w => Must(w.Relationships.FindAsync([w.Person], All, Cancellation)),
        ["IRelationships.ExportParents"] = w =>
            Must(w.Relationships.ExportParentsAsync(new PageRequest(), All, Cancellation)),
        ["IRelationships.ExportSpouses"] = w =>
            Must(w.Relationships.ExportSpousesAsync(new PageRequest(), All, Cancellation)),
    };

    /// <summary>Calls whose answer tells nothing of a person that the caller has not just sent, and why.</summary>
    private static readonly Dictionary<string, string> ShowNothing = new()
    {
        ["IRegistrants.Archive"] = "answers that it is done",
        ["IRegistrants.Import"] = "answers with ids and what became of each row",
        ["IGroups.Create"] = "answers with what was sent",
        ["IGroups.AddMember"] = "answers with what was sent",
        ["IGroups.ChangeMember"] = "answers with the membership that was named",
        ["IAttestations.Attest"] = "answers with what was sent",
        ["IAttestations.AttestMany"] = "answers with what was sent",
        ["IChangeRequests.Create"] = "answers with what was sent",
        ["IChangeRequests.Update"] = "answers with what was sent",
        ["IChangeRequests.Act"] = "answers with the state of the request, without values",
        ["IChangeRequests.List"] = "answers with states of requests, without values",
        ["INamedVersions.Create"] = "tells of the named version, not of persons",
        ["INamedVersions.List"] = "tells of named versions, not of persons",
        ["INamedVersions.Get"] = "tells of the named version, not of persons",
        ["INamedVersions.Close"] = "tells of the named version, not of persons",
        ["INamedVersions.Join"] = "answers with the record that was named",
        ["INamedVersions.Feedback"] = "answers with what became of each item",
        ["IDocuments.Add"] = "answers with what was sent, and its size and hash",
        ["IDocuments.Remove"] = "answers that it is done",
        ["IConsents.Give"] = "answers with what was sent",
        ["IConsents.Withdraw"] = "answers that it is done, with the terms of the consent that was named",
        ["IErasures.Request"] = "tells of the request, not of the person",
        ["IErasures.Confirm"] = "tells of the request, not of the person",
        ["IErasures.Refuse"] = "tells of the request, not of the person",
        ["IErasures.Get"] = "tells of the request, not of the person",
        ["IIdentifierPool.List"] = "answers with counts",
        ["IRelationships.RemoveParents"] = "answers that it is done",
        ["IRelationships.RemoveSpouses"] = "answers that it is done",
        ["IRelationships.RemoveRelation"] = "answers that it is done",
        ["IRelationships.ImportParents"] = "answers with what became of each row",
        ["IRelationships.ImportSpouses"] = "answers with what became of each row",
    };

    /// <summary>Ports that hold nothing of persons.</summary>
    private static readonly Type[] Impersonal =
    [
        typeof(IAreas),
        typeof(IChangeLog),
        typeof(ICatalogueChanges),
        typeof(IRelationTypes),
        typeof(IFieldCatalogue),
        typeof(IPartners),
    ];

    private static async Task Must<T>(Task<Outcome<T>> call)
    {
        var problem = (await call).Problem;
        Assert.True(problem is null, problem?.Code + " " + string.Join(", ", problem?.Fields ?? []));
    }
}
