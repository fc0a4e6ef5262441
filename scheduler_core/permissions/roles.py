"""Who may do what: the one table of roles, so that a permission is looked up here and decided nowhere else."""

from enum import StrEnum


class Permission(StrEnum):
    """What a route asks for. The rows a customer or a staff member may touch with it are their own."""

    SEARCH = "search"
    BOOK = "book"
    CHANGE_VISIT = "change_visit"
    ATTEND = "attend"
    OVERRIDE_POLICY = "override_policy"
    READ_VISITS = "read_visits"
    READ_CUSTOMERS = "read_customers"
    CHANGE_CUSTOMERS = "change_customers"
    ERASE_CUSTOMER = "erase_customer"
    READ_BUSINESS = "read_business"
    READ_DESK = "read_desk"
    MANAGE_BUSINESS = "manage_business"
    MANAGE_OWN_TIME = "manage_own_time"
    MANAGE_KEYS = "manage_keys"
    ISSUE_SESSIONS = "issue_sessions"
    READ_AUDIT = "read_audit"
    CONVERSE = "converse"
    WAITLIST = "waitlist"
    GIVE_FEEDBACK = "give_feedback"
    READ_FEEDBACK = "read_feedback"
    READ_FILES = "read_files"
    CREATE_BUSINESS = "create_business"


class Role(StrEnum):
    """From the highest to the lowest. The system is the installation itself, at home in every business."""

    SYSTEM = "system"
    OWNER = "owner"
    MANAGER = "manager"
    RECEPTIONIST = "receptionist"
    STAFF = "staff"
    CUSTOMER = "customer"
    READ_ONLY = "read_only"


_LOOKS = {Permission.SEARCH, Permission.READ_VISITS, Permission.READ_CUSTOMERS, Permission.READ_BUSINESS}
_ARRANGES = {Permission.SEARCH, Permission.BOOK, Permission.CHANGE_VISIT, Permission.READ_VISITS}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.SYSTEM: frozenset(Permission),
    Role.OWNER: frozenset(Permission) - {Permission.CREATE_BUSINESS},
    Role.MANAGER: frozenset(Permission) - {Permission.CREATE_BUSINESS, Permission.ERASE_CUSTOMER},
    Role.RECEPTIONIST: frozenset(
        _LOOKS
        | _ARRANGES
        | {
            Permission.ATTEND,
            Permission.OVERRIDE_POLICY,
            Permission.READ_DESK,
            Permission.CHANGE_CUSTOMERS,
            Permission.MANAGE_OWN_TIME,  # of the whole team: the desk is who hears that Ana is ill
            Permission.ISSUE_SESSIONS,
            Permission.CONVERSE,
            Permission.WAITLIST,
            Permission.GIVE_FEEDBACK,
            Permission.READ_FEEDBACK,
            Permission.READ_FILES,
        }
    ),
    Role.STAFF: frozenset(
        _LOOKS | _ARRANGES | {Permission.ATTEND, Permission.MANAGE_OWN_TIME, Permission.READ_FILES}
    ),
    Role.CUSTOMER: frozenset(
        _LOOKS | _ARRANGES | {Permission.CHANGE_CUSTOMERS, Permission.WAITLIST, Permission.GIVE_FEEDBACK}
    ),
    Role.READ_ONLY: frozenset(_LOOKS | {Permission.READ_DESK}),
}


def allows(role: Role, permission: Permission) -> bool:
    return permission in ALLOWED[role]


def outranks(higher: Role, lower: Role) -> bool:
    """Whether the first stands strictly above the second."""
    order = list(Role)
    return order.index(higher) < order.index(lower)
