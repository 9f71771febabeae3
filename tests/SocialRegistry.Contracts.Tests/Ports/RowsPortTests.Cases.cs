using System.Text;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RowsPortTests
{
    /// <summary>
    /// Numbers that a record is to be given. One that a record outside carries is refused as taken, whoever asks: a number is given once,
    /// and a caller who may register has to learn that it is gone. It learns nothing else of the carrier.
    /// </summary>
    private static readonly string[] GivenOnce =
    [
        "IRegistrants.Create/registrant.Identifiers[]",
        "IRegistrants.Update/patch.Identifiers[]",
        "IRegistrants.Import/rows[].Identifiers[]",
        "IGroups.Create/group.Identifiers[]",
        "IGroups.Split/split.Identifiers[]",
    ];

    /// <summary>Reading past one's rows is what this call is for; each is an alert that somebody looks at.</summary>
    private static readonly string[] PastRows = ["IBreakGlass.Open/registrant"];

    private static readonly Dictionary<string, Case> Cases = new Dictionary<string, Case>([
        .. OfRegistrants(),
        .. OfGroups(),
        .. OfHouseholds(),
        .. OfParents(),
        .. OfSpousesAndRelations(),
        .. OfOthers(),
        .. OfHistory(),
    ]);

    private static KeyValuePair<string, Case> Person(string place, Func<World, Target, Caller, Task<string>> call) =>
        new(place, new Case(call, Sort.Person));

    private static KeyValuePair<string, Case> Group(string place, Func<World, Target, Caller, Task<string>> call) =>
        new(place, new Case(call, Sort.Group));

    /// <summary>A place that takes an id or an identifier.</summary>
    private static IEnumerable<KeyValuePair<string, Case>> Named(
        string place,
        Func<World, PersonReference, Caller, Task<string>> call
    ) =>
        [
            Person(place + ".Id", (w, t, c) => call(w, PersonReference.Of(t.Id), c)),
            Person(place + ".Identifier", (w, t, c) => call(w, PersonReference.Of(t.Identifier), c)),
        ];

    private static IEnumerable<KeyValuePair<string, Case>> OfRegistrants() =>
        [
            Person(
                "IRegistrants.Get/id",
                (w, t, c) => Show(w.Ports.Registrants.GetAsync(t.Id, ReadOptions.Default, c, Cancellation))
            ),
            Person(
                "IRegistrants.Update/id",
                (w, t, c) =>
                    Show(
                        w.Ports.Registrants.UpdateAsync(
                            t.Id,
                            new RegistrantPatch
                            {
                                ExpectedVersion = 1,
                                Values = Persons.Values("""{"occupation":"2"}"""),
                            },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IRegistrants.Archive/id",
                (w, t, c) => Show(w.Ports.Registrants.ArchiveAsync(t.Id, 1, "gone", c, Cancellation))
            ),
            Person(
                "IRegistrants.ChangeStatus/id",
                (w, t, c) =>
                    Show(
                        w.Ports.Registrants.ChangeStatusAsync(
                            t.Id,
                            new StatusChange
                            {
                                ExpectedVersion = 1,
                                Status = RegistrantStatuses.Inactive,
                                Reason = "moved away",
                            },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IRegistrants.Find/identifiers[]",
                (w, t, c) => Show(w.Ports.Registrants.FindAsync([t.Identifier], ReadOptions.Default, c, Cancellation))
            ),
            Person(
                "IRegistrants.GetMany/ids[]",
                (w, t, c) => Show(w.Ports.Registrants.GetManyAsync([t.Id], ReadOptions.Default, c, Cancellation))
            ),
            Person(
                "IRegistrants.Search/request.Query",
                (w, t, c) =>
                    Show(
                        w.Ports.Registrants.SearchAsync(
                            new SearchRequest { Query = new IdentifierQuery(t.Identifier), Count = SearchCount.Exact },
                            c,
                            Cancellation
                        )
                    )
            ),
            Group(
                "IRegistrants.Import/rows[].Group",
                (w, t, c) =>
                    ShowFirst(
                        w.Ports.Registrants.ImportAsync(
                            [
                                new ImportRow
                                {
                                    Kind = RegistrantKinds.Individual,
                                    Values = Persons.Values($$"""{"area":"{{w.Narrow.Rows.Areas!.Single()}}"}"""),
                                    Identifiers = [Persons.NewUin()],
                                    Group = t.Identifier,
                                },
                            ],
                            dryRun: false,
                            c,
                            Cancellation
                        )
                    )
            ),
        ];

    private static IEnumerable<KeyValuePair<string, Case>> OfGroups()
    {
        static MembershipView Edge(RegistrantId group, RegistrantId member) =>
            new()
            {
                GroupId = group,
                MemberId = member,
                Kinds = [],
            };
        static Task<string> Many(World w, RegistrantId group, MembersChange change, Caller c) =>
            Show(w.Ports.Groups.ChangeMembersAsync(group, change, GroupCommand.Plain, c, Cancellation));
        var patch = new MembershipPatch { StartedOn = new DateOnly(2020, 1, 1) };
        return
        [
            Person(
                "IGroups.Create/group.Members[].Member",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.CreateAsync(
                            new NewGroup
                            {
                                Values = Persons.Values(
                                    $$"""{"group_type":"2","area":"{{w.Narrow.Rows.Areas!.Single()}}"}"""
                                ),
                                Members = [new NewMember { Member = t.Id, Kinds = ["head"] }],
                            },
                            GroupCommand.Plain,
                            c,
                            Cancellation
                        )
                    )
            ),
            Group(
                "IGroups.AddMember/membership.GroupId",
                (w, t, c) => Show(w.Ports.Groups.AddMemberAsync(Edge(t.Id, w.Head), c, Cancellation))
            ),
            Person(
                "IGroups.AddMember/membership.MemberId",
                (w, t, c) => Show(w.Ports.Groups.AddMemberAsync(Edge(w.Other, t.Id), c, Cancellation))
            ),
            Group(
                "IGroups.ChangeMember/group",
                (w, t, c) =>
                    Show(w.Ports.Groups.ChangeMemberAsync(t.Id, w.Member, patch, GroupCommand.Plain, c, Cancellation))
            ),
            Person(
                "IGroups.ChangeMember/member",
                (w, t, c) =>
                    Show(w.Ports.Groups.ChangeMemberAsync(w.Group, t.Id, patch, GroupCommand.Plain, c, Cancellation))
            ),
            Group(
                "IGroups.EndMember/group",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.EndMemberAsync(
                            t.Id,
                            w.Member,
                            new MembershipEnd(),
                            GroupCommand.Plain,
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IGroups.EndMember/member",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.EndMemberAsync(
                            w.Group,
                            t.Id,
                            new MembershipEnd(),
                            GroupCommand.Plain,
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IGroups.EndMember/end.NewHead",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.EndMemberAsync(
                            w.Group,
                            w.Head,
                            new MembershipEnd { NewHead = t.Id },
                            GroupCommand.Plain,
                            c,
                            Cancellation
                        )
                    )
            ),
            Group(
                "IGroups.ChangeMembers/group",
                (w, t, c) => Many(w, t.Id, new MembersChange { End = [new MemberEnd { Member = w.Member }] }, c)
            ),
            Person(
                "IGroups.ChangeMembers/change.End[].Member",
                (w, t, c) => Many(w, w.Group, new MembersChange { End = [new MemberEnd { Member = t.Id }] }, c)
            ),
            Person(
                "IGroups.ChangeMembers/change.Change[].Member",
                (w, t, c) => Many(w, w.Group, new MembersChange { Change = [new MemberKinds { Member = t.Id }] }, c)
            ),
            Person(
                "IGroups.ChangeMembers/change.Add[].Member",
                (w, t, c) => Many(w, w.Other, new MembersChange { Add = [new NewMember { Member = t.Id }] }, c)
            ),
            Group(
                "IGroups.Memberships/id",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.MembershipsAsync(t.Id, new MembershipQuery(), new PageRequest(), c, Cancellation)
                    )
            ),
        ];
    }

    private static IEnumerable<KeyValuePair<string, Case>> OfHouseholds()
    {
        static Task<string> Move(World w, RegistrantId group, MemberMove move, Caller c) =>
            Show(w.Ports.Groups.MoveMemberAsync(group, move, GroupCommand.Plain, c, Cancellation));
        static Task<string> Split(World w, RegistrantId group, GroupSplit split, Caller c) =>
            Show(
                w.Ports.Groups.SplitAsync(
                    group,
                    split with
                    {
                        Take = ["group_type", "area"],
                    },
                    GroupCommand.Plain,
                    c,
                    Cancellation
                )
            );
        static Task<string> Merge(World w, RegistrantId group, GroupMerge merge, Caller c) =>
            Show(w.Ports.Groups.MergeAsync(group, merge, GroupCommand.Plain, c, Cancellation));
        static Task<string> Head(World w, RegistrantId group, HeadChange change, Caller c) =>
            Show(w.Ports.Groups.ChangeHeadAsync(group, change, GroupCommand.Plain, c, Cancellation));
        static MemberKinds Kinds(RegistrantId member, params string[] kinds) =>
            new() { Member = member, Kinds = kinds };
        return
        [
            Group(
                "IGroups.MoveMember/group",
                (w, t, c) => Move(w, t.Id, new MemberMove { Member = w.Member, ToGroup = w.Other }, c)
            ),
            Person(
                "IGroups.MoveMember/move.Member",
                (w, t, c) => Move(w, w.Group, new MemberMove { Member = t.Id, ToGroup = w.Other }, c)
            ),
            Group(
                "IGroups.MoveMember/move.ToGroup",
                (w, t, c) =>
                    Move(
                        w,
                        w.Group,
                        new MemberMove
                        {
                            Member = w.Head,
                            ToGroup = t.Id,
                            NewHead = w.Member,
                        },
                        c
                    )
            ),
            Person(
                "IGroups.MoveMember/move.NewHead",
                (w, t, c) =>
                    Move(
                        w,
                        w.Group,
                        new MemberMove
                        {
                            Member = w.Head,
                            ToGroup = w.Other,
                            NewHead = t.Id,
                        },
                        c
                    )
            ),
            Group(
                "IGroups.Split/group",
                (w, t, c) => Split(w, t.Id, new GroupSplit { Members = [Kinds(w.Member)] }, c)
            ),
            Person(
                "IGroups.Split/split.Members[].Member",
                (w, t, c) => Split(w, w.Group, new GroupSplit { Members = [Kinds(t.Id)] }, c)
            ),
            Person(
                "IGroups.Split/split.Head",
                (w, t, c) =>
                    Split(w, w.Group, new GroupSplit { Members = [Kinds(w.Member), Kinds(t.Id)], Head = t.Id }, c)
            ),
            Person(
                "IGroups.Split/split.NewHead",
                (w, t, c) =>
                    Split(
                        w,
                        w.Group,
                        new GroupSplit
                        {
                            Members = [Kinds(w.Head)],
                            Head = w.Head,
                            NewHead = t.Id,
                        },
                        c
                    )
            ),
            Group("IGroups.Merge/group", (w, t, c) => Merge(w, t.Id, new GroupMerge { Other = w.Other }, c)),
            Group("IGroups.Merge/merge.Other", (w, t, c) => Merge(w, w.Group, new GroupMerge { Other = t.Id }, c)),
            Person(
                "IGroups.Merge/merge.Head",
                (w, t, c) => Merge(w, w.Other, new GroupMerge { Other = w.Group, Head = t.Id }, c)
            ),
            Person(
                "IGroups.Merge/merge.Kinds[].Member",
                (w, t, c) => Merge(w, w.Other, new GroupMerge { Other = w.Group, Kinds = [Kinds(t.Id, "spouse")] }, c)
            ),
            Group("IGroups.ChangeHead/group", (w, t, c) => Head(w, t.Id, new HeadChange { Head = w.Member }, c)),
            Person("IGroups.ChangeHead/change.Head", (w, t, c) => Head(w, w.Group, new HeadChange { Head = t.Id }, c)),
            Person(
                "IGroups.ChangeHead/change.Kinds[].Member",
                (w, t, c) => Head(w, w.Group, new HeadChange { Head = w.Member, Kinds = [Kinds(t.Id, "spouse")] }, c)
            ),
            Group(
                "IGroups.Dissolve/group",
                (w, t, c) =>
                    Show(
                        w.Ports.Groups.DissolveAsync(t.Id, new GroupDissolution(), GroupCommand.Plain, c, Cancellation)
                    )
            ),
        ];
    }

    private static IEnumerable<KeyValuePair<string, Case>> OfParents()
    {
        static Task<string> Set(World w, RegistrantId child, ParentsChange change, Caller c) =>
            Show(w.Ports.Relationships.SetParentsAsync(child, change, c, Cancellation));
        static Task<string> Import(World w, ParentsRow row, Caller c) =>
            ShowFirst(w.Ports.Relationships.ImportParentsAsync([row], false, c, Cancellation));
        static ParentsRow Row(World w) => new() { Child = PersonReference.Of(w.Child) };
        return
        [
            Person(
                "IRelationships.GetParents/child",
                (w, t, c) => Show(w.Ports.Relationships.GetParentsAsync(t.Id, c, Cancellation))
            ),
            Person(
                "IRelationships.SetParents/child",
                (w, t, c) => Set(w, t.Id, new ParentsChange { Guardian = PersonReference.Of(w.Head) }, c)
            ),
            .. Named(
                "IRelationships.SetParents/change.Parent1",
                (w, r, c) => Set(w, w.Child, new ParentsChange { Parent1 = r }, c)
            ),
            .. Named(
                "IRelationships.SetParents/change.Parent2",
                (w, r, c) => Set(w, w.Child, new ParentsChange { Parent2 = r }, c)
            ),
            .. Named(
                "IRelationships.SetParents/change.Guardian",
                (w, r, c) => Set(w, w.Child, new ParentsChange { Guardian = r }, c)
            ),
            Person(
                "IRelationships.RemoveParents/child",
                (w, t, c) => Show(w.Ports.Relationships.RemoveParentsAsync(t.Id, WriteConditions.None, c, Cancellation))
            ),
            .. Named(
                "IRelationships.ImportParents/rows[].Child",
                (w, r, c) => Import(w, new ParentsRow { Child = r, Guardian = PersonReference.Of(w.Head) }, c)
            ),
            .. Named(
                "IRelationships.ImportParents/rows[].Parent1",
                (w, r, c) => Import(w, Row(w) with { Parent1 = r }, c)
            ),
            .. Named(
                "IRelationships.ImportParents/rows[].Parent2",
                (w, r, c) => Import(w, Row(w) with { Parent2 = r }, c)
            ),
            .. Named(
                "IRelationships.ImportParents/rows[].Guardian",
                (w, r, c) => Import(w, Row(w) with { Guardian = r }, c)
            ),
            Person(
                "IRelationships.Find/registrants[]",
                (w, t, c) => Show(w.Ports.Relationships.FindAsync([t.Id], c, Cancellation))
            ),
            Person(
                "IRelationships.FindRelatives/person",
                (w, t, c) => Show(w.Ports.Relationships.FindRelativesAsync(t.Id, new RelativesQuery(), c, Cancellation))
            ),
        ];
    }

    private static IEnumerable<KeyValuePair<string, Case>> OfSpousesAndRelations()
    {
        static Task<string> Set(World w, PersonReference one, PersonReference two, Caller c) =>
            Show(
                w.Ports.Relationships.SetSpousesAsync(
                    new SpouseChange
                    {
                        Person1 = one,
                        Person2 = two,
                        IsMarried = true,
                    },
                    c,
                    Cancellation
                )
            );
        static Task<string> Import(World w, PersonReference one, PersonReference two, Caller c) =>
            ShowFirst(
                w.Ports.Relationships.ImportSpousesAsync(
                    [new SpouseRow { Person1 = one, Person2 = two }],
                    false,
                    c,
                    Cancellation
                )
            );
        static PersonReference Member(World w) => PersonReference.Of(w.Member);
        return
        [
            Person(
                "IRelationships.ListSpouses/person",
                (w, t, c) => Show(w.Ports.Relationships.ListSpousesAsync(t.Id, c, Cancellation))
            ),
            .. Named("IRelationships.SetSpouses/change.Person1", (w, r, c) => Set(w, r, Member(w), c)),
            .. Named("IRelationships.SetSpouses/change.Person2", (w, r, c) => Set(w, Member(w), r, c)),
            .. Named("IRelationships.ImportSpouses/rows[].Person1", (w, r, c) => Import(w, r, Member(w), c)),
            .. Named("IRelationships.ImportSpouses/rows[].Person2", (w, r, c) => Import(w, Member(w), r, c)),
            new(
                "IRelationships.GetSpouses/id",
                new Case(
                    (w, t, c) => Show(w.Ports.Relationships.GetSpousesAsync(t.Entry, c, Cancellation)),
                    Sort.Couple
                )
            ),
            new(
                "IRelationships.RemoveSpouses/id",
                new Case(
                    (w, t, c) =>
                        Show(w.Ports.Relationships.RemoveSpousesAsync(t.Entry, WriteConditions.None, c, Cancellation)),
                    Sort.Couple
                )
            ),
            Person(
                "IRelationships.ListRelations/registrant",
                (w, t, c) => Show(w.Ports.Relationships.ListRelationsAsync(t.Id, c, Cancellation))
            ),
            Person(
                "IRelationships.GetRelation/registrant",
                (w, t, c) => Show(w.Ports.Relationships.GetRelationAsync(t.Id, w.Relation, c, Cancellation))
            ),
            new(
                "IRelationships.GetRelation/id",
                new Case(
                    (w, t, c) => Show(w.Ports.Relationships.GetRelationAsync(w.Head, t.Entry, c, Cancellation)),
                    Sort.Relation
                )
            ),
            Person(
                "IRelationships.AddRelation/from",
                (w, t, c) =>
                    Show(
                        w.Ports.Relationships.AddRelationAsync(
                            t.Id,
                            new NewRelation { Type = w.Friend, To = Member(w) },
                            c,
                            Cancellation
                        )
                    )
            ),
            .. Named(
                "IRelationships.AddRelation/relation.To",
                (w, r, c) =>
                    Show(
                        w.Ports.Relationships.AddRelationAsync(
                            w.Member,
                            new NewRelation { Type = w.Friend, To = r },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IRelationships.EndRelation/registrant",
                (w, t, c) =>
                    Show(
                        w.Ports.Relationships.EndRelationAsync(
                            t.Id,
                            w.Relation,
                            new DateOnly(2021, 1, 1),
                            WriteConditions.None,
                            c,
                            Cancellation
                        )
                    )
            ),
            new(
                "IRelationships.EndRelation/id",
                new Case(
                    (w, t, c) =>
                        Show(
                            w.Ports.Relationships.EndRelationAsync(
                                w.Head,
                                t.Entry,
                                new DateOnly(2021, 1, 1),
                                WriteConditions.None,
                                c,
                                Cancellation
                            )
                        ),
                    Sort.Relation
                )
            ),
            Person(
                "IRelationships.RemoveRelation/registrant",
                (w, t, c) =>
                    Show(
                        w.Ports.Relationships.RemoveRelationAsync(
                            t.Id,
                            w.Relation,
                            WriteConditions.None,
                            c,
                            Cancellation
                        )
                    )
            ),
            new(
                "IRelationships.RemoveRelation/id",
                new Case(
                    (w, t, c) =>
                        Show(
                            w.Ports.Relationships.RemoveRelationAsync(
                                w.Head,
                                t.Entry,
                                WriteConditions.None,
                                c,
                                Cancellation
                            )
                        ),
                    Sort.Relation
                )
            ),
        ];
    }

    private static IEnumerable<KeyValuePair<string, Case>> OfHistory()
    {
        var one = new VersionPoint { Number = 1 };
        var round = new NewNamedVersion
        {
            Name = "round-" + Guid.NewGuid().ToString("N"),
            Kind = NamedVersionKinds.Survey,
        };
        async Task<string> FeedbackAsync(World w, FeedbackItem item, Caller c)
        {
            var feedback = new Feedback
            {
                NamedVersion = "feedback-" + Guid.NewGuid().ToString("N"),
                Items = [item with { Values = Persons.Values("""{"occupation":"2"}""") }],
            };
            var outcome = await w.Ports.NamedVersions.FeedbackAsync(feedback, c, Cancellation);
            return outcome.Succeeded ? Show(outcome.Value.Items[0]) : Show(outcome);
        }

        return
        [
            Person(
                "IVersions.Changes/id",
                (w, t, c) =>
                    Show(w.Ports.Versions.ChangesAsync(t.Id, HistoryFilter.None, new PageRequest(), c, Cancellation))
            ),
            Person(
                "IVersions.Compare/id",
                (w, t, c) => Show(w.Ports.Versions.CompareAsync(t.Id, one, one, c, Cancellation))
            ),
            Group(
                "IVersions.Members/group",
                (w, t, c) =>
                    Show(
                        w.Ports.Versions.MembersAsync(
                            t.Id,
                            ReadOptions.Default with
                            {
                                AsOf = w.Ports.Clock.GetUtcNow(),
                            },
                            new PageRequest(),
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "INamedVersions.Join/registrant",
                async (w, t, c) =>
                {
                    await w.Ports.NamedVersions.CreateAsync(round, PortCallers.Registrar, Cancellation);
                    return await Show(w.Ports.NamedVersions.JoinAsync(round.Name, t.Id, 1, c, Cancellation));
                }
            ),
            Person(
                "INamedVersions.Feedback/feedback.Items[].Registrant",
                (w, t, c) => FeedbackAsync(w, new FeedbackItem { Registrant = t.Id }, c)
            ),
            Person(
                "INamedVersions.Feedback/feedback.Items[].Identifier",
                (w, t, c) => FeedbackAsync(w, new FeedbackItem { Identifier = t.Identifier }, c)
            ),
            Person(
                "IChangeRequests.Create/request.Subject",
                (w, t, c) =>
                    Show(
                        w.Ports.ChangeRequests.CreateAsync(
                            new NewChangeRequest
                            {
                                Type = ChangeRequestTypes.EditFields,
                                Subject = t.Id,
                                Payload = Persons.Json("""{"values":{"occupation":"2"}}"""),
                                Reason = "moved",
                            },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IChangeRequests.List/query.Subject",
                async (w, t, c) =>
                {
                    await w.Ports.ChangeRequests.CreateAsync(
                        new NewChangeRequest
                        {
                            Type = ChangeRequestTypes.EditFields,
                            Subject = t.Id,
                            Payload = Persons.Json("""{"values":{"occupation":"2"}}"""),
                            Reason = "moved",
                        },
                        PortCallers.Registrar,
                        Cancellation
                    );
                    return await Show(
                        w.Ports.ChangeRequests.ListAsync(
                            new ChangeRequestQuery { Subject = t.Id },
                            new PageRequest(),
                            c,
                            Cancellation
                        )
                    );
                }
            ),
        ];
    }

    private static IEnumerable<KeyValuePair<string, Case>> OfOthers()
    {
        var letter = new NewDocument
        {
            Kind = "letter",
            FileName = "letter.txt",
            MediaType = DocumentTypes.Text,
        };
        async Task<DocumentId> AddAsync(World w, Target t)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes("a letter"));
            // Of the one that is there; of the other one nothing is.
            var added = await w.Ports.Documents.AddAsync(t.Id, letter, content, PortCallers.Registrar, Cancellation);
            return added.Succeeded ? added.Value.Id : new DocumentId(Guid.NewGuid());
        }

        return
        [
            Person(
                "IChangeLog.ProveEntry/id",
                (w, t, c) => Show(w.Ports.Log.ProveEntryAsync(t.Id, 1, null, c, Cancellation))
            ),
            Person(
                "IAttestations.History/id",
                (w, t, c) =>
                    Show(w.Ports.Attestations.HistoryAsync(t.Id, "given_name", new PageRequest(), c, Cancellation))
            ),
            Person(
                "IAttestations.AttestMany/statements[].Id",
                (w, t, c) =>
                    ShowFirst(
                        w.Ports.Attestations.AttestManyAsync(
                            [
                                new AttestationOf(
                                    t.Id,
                                    "given_name",
                                    new AttestationStatement { Status = AttestationStatuses.Attested }
                                ),
                            ],
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IAttestations.Attest/id",
                (w, t, c) =>
                    Show(
                        w.Ports.Attestations.AttestAsync(
                            t.Id,
                            "given_name",
                            new AttestationStatement { Status = AttestationStatuses.Attested },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person("IAttestations.List/id", (w, t, c) => Show(w.Ports.Attestations.ListAsync(t.Id, c, Cancellation))),
            Person(
                "IVersions.List/id",
                (w, t, c) => Show(w.Ports.Versions.ListAsync(t.Id, new PageRequest(), c, Cancellation))
            ),
            Person(
                "IVersions.Disclosures/id",
                (w, t, c) => Show(w.Ports.Versions.DisclosuresAsync(t.Id, new PageRequest(), c, Cancellation))
            ),
            Person(
                "IIdentifierPool.Issue/id",
                (w, t, c) => Show(w.Ports.Numbers.IssueAsync(t.Id, "SRN", 1, c, Cancellation))
            ),
            Person(
                "IDocuments.Add/id",
                async (w, t, c) =>
                {
                    using var content = new MemoryStream(Encoding.UTF8.GetBytes("a letter"));
                    return await Show(w.Ports.Documents.AddAsync(t.Id, letter, content, c, Cancellation));
                }
            ),
            Person(
                "IConsents.Give/registrant",
                (w, t, c) => Show(w.Ports.Consents.GiveAsync(t.Id, ConsentsPortTests.Terms(), c, Cancellation))
            ),
            Person("IConsents.List/registrant", (w, t, c) => Show(w.Ports.Consents.ListAsync(t.Id, c, Cancellation))),
            .. OfOneConsent("Get", (w, t, id, c) => Show(w.Ports.Consents.GetAsync(t, id, c, Cancellation))),
            .. OfOneConsent("Receipt", (w, t, id, c) => Show(w.Ports.Consents.ReceiptAsync(t, id, c, Cancellation))),
            .. OfOneConsent("Withdraw", (w, t, id, c) => Show(w.Ports.Consents.WithdrawAsync(t, id, c, Cancellation))),
            Person(
                "IErasures.Request/registrant",
                (w, t, c) =>
                    Show(
                        w.Ports.Erasures.RequestAsync(
                            t.Id,
                            new NewErasure { Ground = "act-7", Reason = "asked for it" },
                            c,
                            Cancellation
                        )
                    )
            ),
            Person(
                "IErasures.Confirm/registrant",
                (w, t, c) => Show(w.Ports.Erasures.ConfirmAsync(t.Id, c, Cancellation))
            ),
            Person(
                "IErasures.Refuse/registrant",
                (w, t, c) => Show(w.Ports.Erasures.RefuseAsync(t.Id, c, Cancellation))
            ),
            Person(
                "IPersonalData.Report/registrant",
                (w, t, c) => Show(w.Ports.PersonalData.ReportAsync(t.Id, new DisclosureReportQuery(), c, Cancellation))
            ),
            Person(
                "IPersonalData.Export/registrant",
                (w, t, c) =>
                    Show(
                        w.Ports.PersonalData.ExportAsync(
                            t.Id,
                            ExportParts.Record,
                            "eng",
                            new PageRequest(),
                            c,
                            Cancellation
                        )
                    )
            ),
            Person("IErasures.Get/registrant", (w, t, c) => Show(w.Ports.Erasures.GetAsync(t.Id, c, Cancellation))),
            Person("IDocuments.List/id", (w, t, c) => Show(w.Ports.Documents.ListAsync(t.Id, c, Cancellation))),
            Person(
                "IDocuments.Open/id",
                async (w, t, c) => await Show(w.Ports.Documents.OpenAsync(t.Id, await AddAsync(w, t), c, Cancellation))
            ),
            Person(
                "IDocuments.Remove/id",
                async (w, t, c) =>
                    await Show(
                        w.Ports.Documents.RemoveAsync(t.Id, await AddAsync(w, t), "entered in error", c, Cancellation)
                    )
            ),
        ];
    }

    /// <summary>A call that names a consent: once by its person, once by itself, of somebody else.</summary>
    private static IEnumerable<KeyValuePair<string, Case>> OfOneConsent(
        string name,
        Func<World, RegistrantId, Guid, Caller, Task<string>> call
    )
    {
        static async Task<Guid> GiveAsync(World w, Target t)
        {
            var terms = ConsentsPortTests.Terms();
            var given = await w.Ports.Consents.GiveAsync(t.Id, terms, PortCallers.Registrar, Cancellation);
            return given.Succeeded ? given.Value.Id : Guid.NewGuid();
        }

        return
        [
            Person($"IConsents.{name}/registrant", async (w, t, c) => await call(w, t.Id, await GiveAsync(w, t), c)),
            Person($"IConsents.{name}/id", async (w, t, c) => await call(w, t.Id, await GiveAsync(w, t), c)),
        ];
    }
}
