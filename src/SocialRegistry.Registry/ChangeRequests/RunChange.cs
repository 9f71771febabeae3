using SocialRegistry.Contracts;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Relationships;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Under which circumstances a requested change is carried out.</summary>
/// <param name="Version">The version of the subject that stands; 0 for a new registrant.</param>
internal sealed record Circumstances(
    RegistrantId? Subject,
    long Version,
    string Reason,
    DateOnly? EffectiveOn,
    bool DryRun
)
{
    public GroupCommand Command =>
        new()
        {
            Reason = Reason,
            EffectiveOn = EffectiveOn,
            DryRun = DryRun,
        };
}

/// <summary>Carries a requested change out by the very call that carries it out when it is made directly.</summary>
internal sealed class RunChange(
    CreateRegistrant create,
    ChangeRegistrant change,
    ChangeStatus status,
    CreateGroup createGroup,
    ChangeMembers members,
    SplitGroup split,
    MergeGroups merge,
    ChangeHead head,
    ChangeParents parents,
    ChangeSpouses spouses,
    ChangeRelations relations
)
{
    public Task<Outcome<Done>> RunAsync(
        RequestedChange requested,
        Circumstances at,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (requested is MakeRegistrant make)
        {
            return MakeAsync(make, at, caller, cancellationToken);
        }

        var subject = at.Subject ?? throw new InvalidOperationException("Only a new registrant has no subject.");
        return requested switch
        {
            EditFields edit => Plain(
                change.UpdateAsync(
                    subject,
                    new RegistrantPatch
                    {
                        ExpectedVersion = at.Version,
                        Values = edit.Values,
                        Identifiers = edit.Identifiers,
                        DryRun = at.DryRun,
                        Reason = at.Reason,
                        EffectiveOn = at.EffectiveOn,
                    },
                    caller,
                    cancellationToken
                )
            ),
            Leave leave => Plain(
                status.HandleAsync(
                    subject,
                    new StatusChange
                    {
                        ExpectedVersion = at.Version,
                        Status = leave.Status,
                        Reason = at.Reason,
                        On = leave.On ?? at.EffectiveOn,
                        DryRun = at.DryRun,
                    },
                    caller,
                    cancellationToken
                )
            ),
            Relate relate => RelateAsync(relate, subject, at, caller, cancellationToken),
            _ => GroupAsync(requested, subject, at.Command, caller, cancellationToken),
        };
    }

    private Task<Outcome<Done>> GroupAsync(
        RequestedChange requested,
        RegistrantId group,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        requested switch
        {
            AddMember add => Plain(
                members.AddAsync(
                    new MembershipView
                    {
                        GroupId = group,
                        MemberId = add.Member,
                        Kinds = add.Kinds,
                        StartedOn = add.StartedOn,
                    },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            RemoveMember remove => Plain(
                members.EndAsync(
                    group,
                    remove.Member,
                    new MembershipEnd
                    {
                        Reason = remove.EndReason,
                        EndedOn = remove.EndedOn,
                        NewHead = remove.NewHead,
                    },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            MoveMember move => Plain(
                members.MoveAsync(
                    group,
                    new MemberMove
                    {
                        Member = move.Member,
                        ToGroup = move.ToGroup,
                        Kinds = move.Kinds,
                        NewHead = move.NewHead,
                    },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            SplitHousehold part => Plain(
                split.HandleAsync(
                    group,
                    new GroupSplit
                    {
                        Members = part.Members,
                        Head = part.Head,
                        NewHead = part.NewHead,
                        Values = part.Values,
                        Take = part.Take,
                        Identifiers = part.Identifiers,
                    },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            MergeHouseholds join => Plain(
                merge.HandleAsync(
                    group,
                    new GroupMerge
                    {
                        Other = join.Other,
                        Head = join.Head,
                        Kinds = join.Kinds,
                    },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            NewHead next => Plain(
                head.HandleAsync(
                    group,
                    new HeadChange { Head = next.Head, Kinds = next.Kinds },
                    command,
                    caller,
                    cancellationToken
                )
            ),
            _ => throw new InvalidOperationException($"{requested.GetType().Name} has no operation."),
        };

    private Task<Outcome<Done>> MakeAsync(
        MakeRegistrant make,
        Circumstances at,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        make.Kind == RegistrantKinds.Group && make.Generate.Count == 0
            ? Plain(
                createGroup.HandleAsync(
                    new NewGroup
                    {
                        Values = make.Values,
                        Identifiers = make.Identifiers,
                        Members = make.Members,
                    },
                    at.Command,
                    caller,
                    cancellationToken
                )
            )
            : Plain(
                create.HandleAsync(
                    new NewRegistrant
                    {
                        Kind = make.Kind,
                        Values = make.Values,
                        Identifiers = make.Identifiers,
                        Generate = make.Generate,
                        DryRun = at.DryRun,
                        Reason = at.Reason,
                        EffectiveOn = at.EffectiveOn,
                    },
                    caller,
                    cancellationToken
                )
            );

    private Task<Outcome<Done>> RelateAsync(
        Relate relate,
        RegistrantId subject,
        Circumstances at,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (relate.Parents is { } stated)
        {
            var next = new ParentsChange
            {
                Parent1 = Reference(stated.Parent1),
                Parent2 = Reference(stated.Parent2),
                IsAdopted = stated.IsAdopted,
                Guardian = Reference(stated.Guardian),
                Since = stated.Since,
                Reason = at.Reason,
                DryRun = at.DryRun,
            };
            return Plain(parents.SetAsync(subject, next, caller, cancellationToken));
        }

        if (relate.Spouse is { } spouse)
        {
            var couple = new SpouseChange
            {
                Person1 = PersonReference.Of(subject),
                Person2 = PersonReference.Of(spouse.Person),
                IsMarried = spouse.IsMarried,
                MarriedOn = spouse.MarriedOn,
                IsSeparated = spouse.IsSeparated,
                SeparatedOn = spouse.SeparatedOn,
                Reason = at.Reason,
                DryRun = at.DryRun,
            };
            return Plain(spouses.SetAsync(couple, caller, cancellationToken));
        }

        if (relate.Relation is { } relation)
        {
            var added = new NewRelation
            {
                Type = relation.Type,
                To = PersonReference.Of(relation.To),
                StartedOn = relation.StartedOn,
                EndedOn = relation.EndedOn,
                Reason = at.Reason,
                DryRun = at.DryRun,
            };
            return Plain(relations.AddAsync(subject, added, caller, cancellationToken));
        }

        var conditions = new WriteConditions { DryRun = at.DryRun };
        return relate.EndRelation is { } end
            ? Plain(relations.EndAsync(subject, end.Id, end.EndedOn, conditions, caller, cancellationToken))
            : parents.RemoveAsync(subject, conditions, caller, cancellationToken);
    }

    private static PersonReference? Reference(RegistrantId? id) => id is { } there ? PersonReference.Of(there) : null;

    private static async Task<Outcome<Done>> Plain<T>(Task<Outcome<T>> outcome) =>
        (await outcome).Map(_ => default(Done));
}
