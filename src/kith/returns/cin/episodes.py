"""What a return says of each episode, from the referral to the closing, as events."""

from dataclasses import dataclass

from kith.returns.cin.codes import REASONS
from kith.returns.cin.elements import Block
from kith.returns.cin.help_blocks import tell_assessment, tell_child_in_need_plan, tell_pre_proceedings
from kith.returns.cin.protection_blocks import tell_enquiry, tell_protection_plan
from kith.returns.cin.span import Span
from kith.returns.cin.telling import Telling
