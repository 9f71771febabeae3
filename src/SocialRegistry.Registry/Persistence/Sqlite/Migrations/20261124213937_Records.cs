using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "registry_registrants",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "status_on",
                table: "registry_registrants",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "end_reason",
                table: "registry_memberships",
                type: "TEXT",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "answer",
                table: "registry_idempotency_keys",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "registry_area_boundaries",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    geo_json = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_boundaries", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_history",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_levels",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_levels", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_area_tree",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_area_tree", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_areas",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    code_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    parent_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    path = table.Column<string>(type: "TEXT", maxLength: 492, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    replaced_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    has_boundary = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_areas", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_catalogue_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    operation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<string>(type: "TEXT", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_catalogue_changes", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_catalogue_versions",
                columns: table => new
                {
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_catalogue_versions", x => x.version);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_document_pieces",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    tail = table.Column<byte[]>(type: "BLOB", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_document_pieces",
                        x => new
                        {
                            x.registrant_id,
                            x.document_id,
                            x.number,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_documents",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    label = table.Column<byte[]>(type: "BLOB", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    pieces = table.Column<int>(type: "INTEGER", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_documents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_field_drafts",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    drafted_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    drafted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<Guid>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_field_drafts", x => new { x.kind, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_field_indexes",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    wanted = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    request = table.Column<Guid>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_field_indexes", x => new { x.kind, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_number_pool",
                columns: table => new
                {
                    type = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "BLOB", nullable: false),
                    slot = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: true),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_number_pool", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_parents",
                columns: table => new
                {
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    parent1_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    parent2_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_adopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    guardian_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_parents", x => x.child_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relation_types",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    inverse = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: false),
                    is_retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relation_types", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_relations",
                columns: table => new
                {
                    from_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    started_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_relations", x => new { x.from_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_search_texts",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    head = table.Column<string>(type: "TEXT", nullable: false),
                    folded = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_search_texts",
                        x => new
                        {
                            x.registrant_id,
                            x.field,
                            x.position,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_search_tokens",
                columns: table => new
                {
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_search_tokens",
                        x => new
                        {
                            x.field,
                            x.token,
                            x.registrant_id,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_spouses",
                columns: table => new
                {
                    person1_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person2_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_swapped = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_married = table.Column<bool>(type: "INTEGER", nullable: false),
                    married_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    is_separated = table.Column<bool>(type: "INTEGER", nullable: false),
                    separated_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_spouses", x => new { x.person1_id, x.id });
                }
            );

            migrationBuilder.InsertData(
                table: "registry_area_tree",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_code_key",
                table: "registry_areas",
                column: "code_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_level_code",
                table: "registry_areas",
                columns: new[] { "level", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_parent_code_code",
                table: "registry_areas",
                columns: new[] { "parent_code", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_areas_path",
                table: "registry_areas",
                column: "path",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_number_pool_free",
                table: "registry_number_pool",
                columns: new[] { "type", "slot" },
                filter: "taken_at is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_guardian_id",
                table: "registry_parents",
                column: "guardian_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_parent1_id",
                table: "registry_parents",
                column: "parent1_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_parents_parent2_id",
                table: "registry_parents",
                column: "parent2_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relation_types_inverse",
                table: "registry_relation_types",
                column: "inverse",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_from_id_to_id_type",
                table: "registry_relations",
                columns: new[] { "from_id", "to_id", "type" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_id",
                table: "registry_relations",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_to_id",
                table: "registry_relations",
                column: "to_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_relations_type",
                table: "registry_relations",
                column: "type"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_search_texts_field_head",
                table: "registry_search_texts",
                columns: new[] { "field", "head" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_search_tokens_registrant_id",
                table: "registry_search_tokens",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_id",
                table: "registry_spouses",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_person1_id_person2_id",
                table: "registry_spouses",
                columns: new[] { "person1_id", "person2_id" },
                unique: true,
                filter: "not is_separated"
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_spouses_person2_id",
                table: "registry_spouses",
                column: "person2_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_area_boundaries");

            migrationBuilder.DropTable(name: "registry_area_history");

            migrationBuilder.DropTable(name: "registry_area_levels");

            migrationBuilder.DropTable(name: "registry_area_tree");

            migrationBuilder.DropTable(name: "registry_areas");

            migrationBuilder.DropTable(name: "registry_catalogue_changes");

            migrationBuilder.DropTable(name: "registry_catalogue_versions");

            migrationBuilder.DropTable(name: "registry_document_pieces");

            migrationBuilder.DropTable(name: "registry_documents");

            migrationBuilder.DropTable(name: "registry_field_drafts");

            migrationBuilder.DropTable(name: "registry_field_indexes");

            migrationBuilder.DropTable(name: "registry_number_pool");

            migrationBuilder.DropTable(name: "registry_parents");

            migrationBuilder.DropTable(name: "registry_relation_types");

            migrationBuilder.DropTable(name: "registry_relations");

            migrationBuilder.DropTable(name: "registry_search_texts");

            migrationBuilder.DropTable(name: "registry_search_tokens");

            migrationBuilder.DropTable(name: "registry_spouses");

            migrationBuilder.DropColumn(name: "merged_into", table: "registry_registrants");

            migrationBuilder.DropColumn(name: "status_on", table: "registry_registrants");

            migrationBuilder.DropColumn(name: "end_reason", table: "registry_memberships");

            migrationBuilder.DropColumn(name: "answer", table: "registry_idempotency_keys");
        }
    }
}
