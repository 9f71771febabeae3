using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>One change of groups in the making: their records under lock, the edges it touches, and the entries it writes.</summary>
internal sealed class GroupEdit(
    RegistryDbContext db,
    RecordStore store,
    IRowLocks locks,
    Catalogue catalogue,
    ChangeNote note,
    TimeProvider time
) : IDisposable
{
    /// <summary>Members that one call moves.</summary>
    public const int MostMembers = 500;

    private readonly Dictionary<Guid, OpenRecord> groups = [];
    private readonly Dictionary<Guid, OpenRecord> persons = [];
    private readonly HashSet<Guid> headed = [];
    private readonly HashSet<Guid> versioned = [];
    private readonly List<Membership> touched = [];

    public RegistryDbContext Db => db;

    public Catalogue Catalogue => catalogue;

    public ChangeNote Note => note;

    public RecordWriter Writer { get; } = new(db, time);

    /// <summary>What is wrong with what was sent.</summary>
    public List<FieldProblem> Problems { get; } = [];

    public IReadOnlyCollection<OpenRecord> Groups => groups.Values;

    /// <summary>Edges that began, changed or ended.</summary>
    public IReadOnlyList<Membership> Touched => touched;

    public OpenRecord Group(RegistrantId id) => groups[id.Value];

    public OpenRecord Person(Guid id) => persons[id];

    public bool HadHead(Guid group) => headed.Contains(group);

    /// <summary>The problem, when something that was sent is wrong.</summary>
    public Problem? Refused => Problems.Count > 0 ? RegistrantProblems.Invalid(Problems) : null;

    /// <summary>Locks and loads groups; a problem when one is none.</summary>
    public async Task<Problem?> LoadGroupsAsync(
        IReadOnlyCollection<RegistrantId> ids,
        CancellationToken cancellationToken
    )
    {
        var keys = ids.Select(i => i.Value).Distinct().ToList();
        if (keys.Count == 0)
        {
            return null;
        }

        await locks.LockRegistrantsAsync(db, keys, cancellationToken);
        foreach (var (id, record) in await store.LoadAsync(db, keys, note.Caller, cancellationToken))
        {
            groups.Add(id, record);
        }

        var heads = await db
            .Memberships.Where(m => keys.Contains(m.GroupId) && m.IsHead && m.EndedOn == null)
            .ToListAsync(cancellationToken);
        headed.UnionWith(heads.Select(m => m.GroupId));
        return keys.All(k => groups.TryGetValue(k, out var record) && IsGroup(record))
            ? null
            : RegistrantProblems.NotFound;
    }

    /// <summary>A group that this change makes.</summary>
    public void Adopt(OpenRecord group)
    {
        groups.Add(group.Row.Id, group);
        versioned.Add(group.Row.Id);
    }

    /// <summary>Locks and loads persons; a problem when one is none. Archived ones may still leave.</summary>
    public async Task<Problem?> LoadPersonsAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Where(id => !persons.ContainsKey(id)).Distinct().ToList();
        if (keys.Exists(groups.ContainsKey))
        {
            return RegistrantProblems.NotFound;
        }

        if (keys.Count > 0)
        {
            await locks.LockRegistrantsAsync(db, keys, cancellationToken);
            foreach (var (id, record) in await store.LoadAsync(db, keys, note.Caller, cancellationToken))
            {
                persons.Add(id, record);
            }
        }

        return keys.All(k => persons.TryGetValue(k, out var p) && p.Row.Kind == RegistrantKinds.Individual)
            ? null
            : RegistrantProblems.NotFound;
    }

    /// <summary>The open membership of a person, with her record.</summary>
    public async Task<Outcome<Membership>> FindAsync(
        RegistrantId group,
        RegistrantId member,
        CancellationToken cancellationToken
    )
    {
        var found = await db
            .Memberships.Where(m => m.GroupId == group.Value && m.MemberId == member.Value && m.EndedOn == null)
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return GroupProblems.NotMember;
        }

        // Of somebody whom the caller may not know of, it is not told that she is here.
        var problem = await LoadPersonsAsync([member.Value], cancellationToken);
        return problem is null ? found : GroupProblems.NotMember;
    }

    /// <summary>The open memberships of these persons, with their records; a problem when one of them has none that the caller may know of.</summary>
    public async Task<Outcome<Dictionary<Guid, Membership>>> FindManyAsync(
        RegistrantId group,
        IReadOnlyCollection<RegistrantId> members,
        CancellationToken cancellationToken
    )
    {
        var keys = members.Select(m => m.Value).ToList();
        var found = await db
            .Memberships.Where(m => m.GroupId == group.Value && keys.Contains(m.MemberId) && m.EndedOn == null)
            .ToDictionaryAsync(m => m.MemberId, cancellationToken);
        return found.Count == keys.Count && await LoadPersonsAsync(keys, cancellationToken) is null
            ? found
            : GroupProblems.NotMember;
    }

    /// <summary>All open memberships of a group, with the members' records; a problem when the caller may not know of all of them.</summary>
    public async Task<Outcome<IReadOnlyList<Membership>>> OpenAsync(
        RegistrantId group,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Memberships.Where(m => m.GroupId == group.Value && m.EndedOn == null)
            .OrderBy(m => m.Id)
            .Take(MostMembers + 1)
            .ToListAsync(cancellationToken);
        if (open.Count > MostMembers)
        {
            return GroupProblems.TooLarge(MostMembers);
        }

        var problem = await LoadPersonsAsync(open.Select(m => m.MemberId), cancellationToken);
        return problem is null ? open : GroupProblems.MembersOutsideRows;
    }

    public IReadOnlyList<string> Kinds(IReadOnlyList<string>? kinds, string path) =>
        MembershipKinds.Read(kinds, catalogue, path, Problems);

    /// <summary>Kinds by member, each named once.</summary>
    public Dictionary<Guid, IReadOnlyList<string>> Kinds(IReadOnlyList<MemberKinds> list, string path)
    {
        var result = new Dictionary<Guid, IReadOnlyList<string>>();
        if (list.Count > MostMembers)
        {
            Problems.Add(new FieldProblem(path, "items", $"At most {MostMembers} members in one call."));
            return result;
        }

        foreach (var (index, item) in list.Index())
        {
            var kinds = MembershipKinds.OrPlain(Kinds(item.Kinds, $"{path}[{index}].kinds"));
            if (!result.TryAdd(item.Member.Value, kinds))
            {
                Problems.Add(new FieldProblem($"{path}[{index}].member", "twice", "This person stands here already."));
            }
        }

        return result;
    }

    /// <summary>A reason for an end; absent stays absent.</summary>
    public string? Reason(string? word, string path)
    {
        var words = CodeWords.Of(catalogue, CodeWords.EndReason);
        var code = words.Find(word);
        if (word is not null && code is null)
        {
            Problems.Add(words.Unknown(path));
        }

        return code;
    }

    /// <summary>True of a person whose record stands and who lives.</summary>
    public bool MayJoin(Guid person) =>
        Person(person).Row.Status is RegistrantStatuses.Active or RegistrantStatuses.Inactive;

    /// <summary>A person whose record is loaded joins a group.</summary>
    public Outcome<Membership> Join(MembershipView view)
    {
        var person = Person(view.MemberId.Value);
        if (person.Row.IsArchived)
        {
            return RegistrantProblems.NotFound;
        }

        var group = Group(view.GroupId);
        if (group.Document.Status != RegistrantStatuses.Active)
        {
            return GroupProblems.NotActive;
        }

        if (view.EndedOn is null && !MayJoin(view.MemberId.Value))
        {
            return GroupProblems.MemberNotActive;
        }

        var membership = new Membership(view with { Kinds = MembershipKinds.OrPlain(view.Kinds) }, time);
        db.Add(membership);
        Log(membership, null);
        return membership;
    }

    public void End(Membership membership, DateOnly on, string? reason)
    {
        var before = membership.ToView();
        membership.End(on, reason);
        Log(membership, before);
    }

    /// <summary>Gives a membership other kinds; nothing happens when it has them.</summary>
    public void Change(Membership membership, IReadOnlyList<string> kinds)
    {
        var before = membership.ToView();
        if (!before.Kinds.ToHashSet().SetEquals(kinds))
        {
            membership.Take(kinds);
            Log(membership, before);
        }
    }

    /// <summary>An edge that was changed already, with what it was before.</summary>
    public void Log(Membership membership, MembershipView? before)
    {
        var after = membership.ToView();
        var group = Group(after.GroupId);
        var isFirst = versioned.Add(group.Row.Id);
        MembershipLog.Write(Writer, group, Person(membership.MemberId), before, after, isFirst, note);
        if (!touched.Contains(membership))
        {
            touched.Add(membership);
        }
    }

    /// <summary>A membership as it stands after the change, with the version of its group.</summary>
    public MembershipView View(Membership membership) =>
        membership.ToView() with
        {
            GroupVersion = Group(new RegistrantId(membership.GroupId)).Row.Version,
        };

    /// <summary>The group takes another status, which is a new version of its record; before what becomes of its members, it is theirs too.</summary>
    public void SetStatus(OpenRecord group, string status, string operation)
    {
        var next = new StoredDocument
        {
            Status = status,
            StatusOn = note.EffectiveOn,
            Values = group.Document.Values,
            Identifiers = group.Document.Identifiers,
        };
        versioned.Add(group.Row.Id);
        Writer.WriteVersion(group, next, operation, note, new Dictionary<string, System.Text.Json.JsonElement>());
    }

    public GroupChangeView View(bool dryRun, RegistrantId? newGroup = null) =>
        new()
        {
            Groups =
            [
                .. groups.Values.Select(g => new GroupStateView(
                    g.Row.RegistrantId,
                    g.Row.Version,
                    g.Document.Status,
                    g.Row.MergedInto is { } survivor ? new RegistrantId(survivor) : null
                )),
            ],
            Memberships = [.. touched.Select(m => m.ToView())],
            NewGroup = newGroup,
            DryRun = dryRun,
        };

    public void Dispose()
    {
        foreach (var record in groups.Values.Concat(persons.Values))
        {
            record.Dispose();
        }
    }

    private static bool IsGroup(OpenRecord record) =>
        record.Row.Kind == RegistrantKinds.Group && !record.Row.IsArchived;
}
